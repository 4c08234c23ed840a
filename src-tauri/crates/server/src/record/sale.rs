//! How the sale stands, for the record.

use crate::sale::SaleHandle;
use surtitle_core::Millis;
use surtitle_core::record::{OfferLook, SaleLook};
use surtitle_core::sale::Sale;

/// Most offers of one look.
const OFFERS: usize = 64;

/// Looks at the sale: what runs, and what was claimed after `since`. With the
/// time of the look; `None` if the sale is gone.
pub async fn look(sale: &SaleHandle, since: Millis) -> Option<(Millis, SaleLook)> {
    sale.look(move |sale, now| (now, stand(sale, since, now))).await
}

fn stand(sale: &Sale, since: Millis, now: Millis) -> SaleLook {
    let mut offers = Vec::new();
    for (offer, known) in sale.books().offers() {
        let is_running = known.is_running(now);
        let new = known.claims.iter().rev().take_while(|claim| claim.at > since).count();
        if !is_running && new == 0 {
            continue;
        }
        let look = OfferLook {
            offer: offer.clone(),
            title: known.terms.title.clone(),
            value: known.terms.value(),
            stock: known.terms.stock,
            left: known.left(),
            claimed: new as u64,
            is_running,
        };
        offers.push((known.terms.opens_at, look));
    }
    offers.sort_by(|(a, _), (b, _)| b.cmp(a));
    let offers = offers.into_iter().take(OFFERS).map(|(_, look)| look).collect();
    let sold = sale.catalogue().products.values().filter_map(|product| {
        let sold = sale.books().sold(product.number);
        (sold > 0).then(|| (product.number, product.title.clone(), sold))
    });
    SaleLook { offers, sold: sold.collect() }
}
