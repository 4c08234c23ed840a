//! What members, consoles and the picture are told of the sale.

use crate::frames;
use crate::images::Images;
use bytes::Bytes;
use std::collections::BTreeMap;
use surtitle_core::Millis;
use surtitle_core::placard::{Enter, Placard, PlacardKind};
use surtitle_core::sale::{Answer, Offer, OfferId, Product, Sale, Thing};
use surtitle_core::wire::{ClaimInfo, OfferInfo, SaleDesk, SaleNews, ServerFrame};

/// Claims a console is told of.
const CLAIMS: usize = 100;
/// Ended offers a console is told of, the last ones.
const ENDED: usize = 50;
/// Drawn lotteries that stay on the shelf, the last ones.
const DRAWN: usize = 3;

/// A claim as the one who made it sees it.
pub fn claim(sale: &Sale, answer: &Answer) -> ClaimInfo {
    let offer = sale.books().offer(&answer.offer);
    let terms = offer.map(|offer| &offer.terms);
    let won = offer.and_then(|offer| offer.drawn.as_ref());
    let claim = &answer.claim;
    ClaimInfo {
        offer: answer.offer.clone(),
        title: terms.map(|terms| terms.title.clone()).unwrap_or_default(),
        value: match &answer.amount {
            Some(amount) => amount.words(),
            None => terms.map(|terms| terms.value()).unwrap_or_default(),
        },
        seq: claim.seq,
        hash: claim.hash.to_string(),
        n: claim.n,
        at: claim.at,
        nick: None,
        how: claim.how,
        code: answer.code.clone(),
        redeemed: claim.redeemed.is_some(),
        won: won.is_some_and(|won| won.contains(&claim.seq)),
        thing: terms.map(|terms| terms.thing.clone()),
    }
}

/// An offer as everybody sees it.
pub fn offer(id: &OfferId, offer: &Offer) -> OfferInfo {
    let terms = offer.terms.clone();
    let name = |seq: &u64| {
        let at = offer.claims.binary_search_by_key(seq, |claim| claim.seq);
        at.ok().map(|place| offer.claims[place].nick.clone())
    };
    OfferInfo {
        id: id.clone(),
        value: terms.value(),
        left: offer.left(),
        open: offer.open,
        drawn: offer.drawn.as_ref().map(|won| won.iter().filter_map(name).collect()),
        title: terms.title,
        thing: terms.thing,
        stock: terms.stock,
        per_person: terms.per_person,
        opens_at: terms.opens_at,
        ends_at: terms.ends_at,
        keyword: terms.keyword,
    }
}

/// The sale as hosts and helpers see it.
pub fn desk(now: Millis, sale: &Sale, fault: Option<String>) -> SaleDesk {
    let (catalogue, books) = (sale.catalogue(), sale.books());
    let mut last: Vec<(&OfferId, &surtitle_core::sale::Claim)> = books
        .offers()
        .iter()
        .flat_map(|(id, offer)| offer.claims.iter().rev().take(CLAIMS).map(move |c| (id, c)))
        .collect();
    last.sort_by_key(|(_, claim)| std::cmp::Reverse(claim.seq));
    let claims = last.into_iter().take(CLAIMS).map(|(id, made)| {
        let amount = sale.amount(id, made.n);
        let (offer, claim) = (id.clone(), made.clone());
        let answer = Answer { offer, claim, code: None, amount, fresh: false };
        ClaimInfo { nick: Some(made.nick.clone()), ..self::claim(sale, &answer) }
    });
    SaleDesk {
        now,
        products: catalogue.products.values().cloned().collect(),
        on_show: catalogue.on_show,
        sold: catalogue.products.keys().map(|number| (*number, books.sold(*number))).collect(),
        vouchers: catalogue.vouchers.values().map(|(voucher, _)| voucher.clone()).collect(),
        offers: on_desk(sale),
        claims: claims.collect(),
        entries: books.last(),
        hash: books.head().to_string(),
        fault,
    }
}

/// Open offers, and those that ended last.
fn on_desk(sale: &Sale) -> Vec<OfferInfo> {
    let (open, mut ended): (Vec<_>, Vec<_>) =
        sale.books().offers().iter().partition(|(_, known)| known.open);
    ended.sort_by_key(|(_, known)| std::cmp::Reverse(known.terms.opens_at));
    let shown = open.into_iter().chain(ended.into_iter().take(ENDED));
    shown.map(|(id, known)| offer(id, known)).collect()
}

/// What was told last, so that only what moved is told again.
#[derive(Debug, Default)]
pub struct Board {
    /// The shelf without its figures, and the figures.
    shelf: Option<(Vec<Product>, Option<u32>, Vec<OfferInfo>)>,
    left: BTreeMap<OfferId, u32>,
    placards: BTreeMap<String, Placard>,
    /// Whether figures on the picture may be older than what was told last.
    stale: bool,
    /// When an offer opens or ends next.
    turn: Option<Millis>,
}

impl Board {
    /// When what is told changes by itself.
    pub fn next_turn(&self) -> Option<Millis> {
        self.turn
    }

    /// Takes what an earlier run told as told: what stood on the picture or was
    /// taken off it stays so, with figures of now, and what has ended since leaves.
    pub fn remember(&mut self, sale: &Sale) {
        self.placards = placards(sale, |_| true);
        self.stale = true;
    }

    /// The last frames did not get there.
    pub fn forget_frames(&mut self) {
        self.shelf = None;
    }

    /// What members are told now, and what those get who come later; `None` if
    /// nothing has moved.
    pub fn frames(&mut self, now: Millis, sale: &Sale, images: &Images) -> Option<(Bytes, Bytes)> {
        let offers = on_shelf(now, sale);
        self.turn = sale
            .books()
            .offers()
            .values()
            .filter(|offer| offer.open)
            .flat_map(|offer| [Some(offer.terms.opens_at), offer.terms.ends_at])
            .flatten()
            .filter(|at| *at > now)
            .min();
        let left: BTreeMap<OfferId, u32> =
            offers.iter().map(|offer| (offer.id.clone(), offer.left)).collect();
        let products = products(sale, images);
        let on_show = sale.catalogue().on_show;
        let still: Vec<OfferInfo> =
            offers.iter().map(|offer| OfferInfo { left: 0, ..offer.clone() }).collect();
        let same = self
            .shelf
            .as_ref()
            .is_some_and(|told| *told == (products.clone(), on_show, still.clone()));
        let moved: Vec<(OfferId, u32)> = left
            .iter()
            .filter(|(id, left)| self.left.get(*id) != Some(left))
            .map(|(id, left)| (id.clone(), *left))
            .collect();
        if same && moved.is_empty() {
            return None;
        }
        self.shelf = Some((products.clone(), on_show, still));
        self.left = left;
        let encode = |news| frames::encode(&ServerFrame::Sale { news });
        let shelf = encode(SaleNews::Shelf { now, products, on_show, offers });
        let fan = if same { encode(SaleNews::Left { left: moved }) } else { shelf.clone() };
        Some((fan, shelf))
    }

    /// Placards to put up, those whose figures moved, and ids of those to take off.
    pub fn placards(
        &mut self,
        now: Millis,
        sale: &Sale,
    ) -> (Vec<Placard>, Vec<Placard>, Vec<String>) {
        let wanted = placards(sale, |offer| offer.is_running(now));
        let stale = std::mem::take(&mut self.stale);
        let is_counted = |p: &Placard| matches!(p.kind, PlacardKind::Voucher { .. });
        let (mut placed, mut changed, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        for (id, placard) in &wanted {
            match self.placards.get(id) {
                None => placed.push(placard.clone()),
                Some(told) if is_anew(told, placard) => placed.push(placard.clone()),
                Some(told) if told != placard || (stale && is_counted(placard)) => {
                    changed.push(placard.clone())
                }
                Some(_) => {}
            }
        }
        for (id, told) in &self.placards {
            if wanted.contains_key(id) {
                continue;
            }
            // What ended stands there for a moment, and leaves by itself.
            let mut last = told.clone();
            if let PlacardKind::Voucher { ends_at, .. } = &mut last.kind {
                *ends_at = Some(ends_at.map_or(now, |ends| ends.min(now)));
                changed.push(last);
            } else {
                gone.push(id.clone());
            }
        }
        self.placards = wanted;
        (placed, changed, gone)
    }
}

/// Whether the second is another offer than the first, not the same with other figures.
fn is_anew(old: &Placard, new: &Placard) -> bool {
    let mut same = old.clone();
    if let (PlacardKind::Voucher { left, .. }, PlacardKind::Voucher { left: now, .. }) =
        (&mut same.kind, &new.kind)
    {
        *left = *now;
    }
    same != *new
}

/// What is to stand on the picture, by id. Titles are the host's; every other
/// word is the overlay's, in the language of its look.
fn placards(sale: &Sale, is_shown: impl Fn(&Offer) -> bool) -> BTreeMap<String, Placard> {
    let mut all = BTreeMap::new();
    for (id, offer) in sale.books().offers() {
        if !is_shown(offer) {
            continue;
        }
        let terms = &offer.terms;
        let id = id.as_str().replace(':', "-");
        let title = terms.title.clone();
        let keyword = terms.keyword.clone();
        let kind = match &terms.thing {
            Thing::Lottery { .. } => {
                PlacardKind::Ticker { lines: vec![title], enter: Some(Enter { keyword }) }
            }
            thing => PlacardKind::Voucher {
                title,
                value: terms.value(),
                worth: match thing {
                    Thing::Voucher { worth, .. } => Some(worth.clone()),
                    _ => None,
                },
                by: match thing {
                    Thing::Packet { by, .. } => Some(by.clone()),
                    _ => None,
                },
                keyword,
                stock: terms.stock,
                left: offer.left(),
                ends_at: terms.ends_at,
            },
        };
        all.insert(id.clone(), Placard { id, kind });
    }
    let catalogue = sale.catalogue();
    let shown = catalogue.on_show.and_then(|number| catalogue.products.get(&number));
    if let Some(product) = shown {
        let id = "product".to_owned();
        let kind = PlacardKind::Product {
            title: product.title.clone(),
            price: product.price.words(),
            picture: product.picture.clone(),
            number: Some(product.number),
        };
        all.insert(id.clone(), Placard { id, kind });
    }
    all
}

/// Open offers, those to come, and the lotteries drawn last.
fn on_shelf(now: Millis, sale: &Sale) -> Vec<OfferInfo> {
    let offers = sale.books().offers();
    let is_over = |offer: &Offer| offer.terms.ends_at.is_some_and(|ends| now >= ends);
    let mut drawn: Vec<(u64, &OfferId, &Offer)> = offers
        .iter()
        .filter(|(_, offer)| offer.drawn.is_some())
        .map(|(id, offer)| (offer.terms.opens_at.0, id, offer))
        .collect();
    drawn.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let open = offers.iter().filter(|(_, known)| known.open && !is_over(known));
    let drawn = drawn.into_iter().take(DRAWN).map(|(_, id, known)| (id, known));
    open.chain(drawn).map(|(id, known)| offer(id, known)).collect()
}

/// The products as members see them.
fn products(sale: &Sale, images: &Images) -> Vec<Product> {
    let one = |product: &Product| {
        let sold = sale.books().sold(product.number);
        let left = u64::from(product.stock).saturating_sub(sold);
        Product {
            picture: product.picture.as_deref().and_then(|address| images.own_large(address)),
            stock: u32::try_from(left).unwrap_or(product.stock),
            ..product.clone()
        }
    };
    sale.catalogue().products.values().map(one).collect()
}

#[cfg(test)]
mod tests;
