//! What hosts and helpers do to a sale.

use super::draw::{commitment, draw};
use super::{
    Change, Codes, Fact, OfferId, PRODUCTS, Product, STOCK, Sale, SaleOrder, Terms, Thing,
    VOUCHERS, Voucher, bad, named,
};
use crate::{Code, Millis, Reject, Role};

/// Longest time an order may give an offer, in s.
const SECONDS: u32 = 86_400;
/// Most winners of a lottery.
const WINNERS: u32 = 1_000;

impl Sale {
    /// Carries out an order. `seed` is random, in hex, and used at most once.
    ///
    /// # Errors
    /// The [`Reject`] of the rule that says no; nothing has changed then.
    pub fn order(
        &mut self,
        now: Millis,
        role: Role,
        order: SaleOrder,
        seed: &str,
    ) -> Result<(), Reject> {
        if role < order.needs() {
            return Err(Reject::new(
                Code::Role,
                "only the host may do this; sign in with the host token",
            ));
        }
        match order {
            SaleOrder::Product { product } => self.put_product(product.checked()?),
            SaleOrder::RemoveProduct { number } => {
                if self.catalogue.products.remove(&number).is_some() {
                    self.catalogue.on_show = self.catalogue.on_show.filter(|on| *on != number);
                    self.changes.insert(Change::Products);
                }
                let offer = OfferId::product(number);
                if self.books.offer(&offer).is_some_and(|offer| offer.open) {
                    self.write(now, Fact::Closed { offer })?;
                }
                Ok(())
            }
            SaleOrder::Show { number } => {
                if let Some(number) = number {
                    self.product(number)?;
                }
                self.catalogue.on_show = number;
                self.changes.insert(Change::Products);
                Ok(())
            }
            SaleOrder::Voucher { voucher } => self.put_voucher(voucher.checked()?, seed),
            SaleOrder::RemoveVoucher { id } => self.remove_voucher(&id),
            SaleOrder::Drop { id, seconds } => self.drop_voucher(now, &id, seconds),
            SaleOrder::Open { number, stock, per_person, price, seconds } => {
                let product = self.product(number)?;
                let price = price.unwrap_or_else(|| product.price.clone()).checked("price")?;
                let terms = Terms {
                    title: product.title.clone(),
                    thing: Thing::Product { number, price },
                    stock: stock.unwrap_or(product.stock),
                    per_person: per_person.unwrap_or(1),
                    opens_at: now,
                    ends_at: ends(now, seconds)?,
                    keyword: None,
                };
                self.write_terms(now, OfferId::product(number), terms)
            }
            SaleOrder::Lottery { id, title, keyword, winners } => {
                named(&id)?;
                let offer = OfferId::lottery(&id);
                if self.books.offer(&offer).is_some() {
                    return Err(bad(format!("a lottery {id:?} was before; give it another id")));
                }
                if !(1..=WINNERS).contains(&winners) {
                    return Err(bad(format!("\"winners\" is {winners}; write 1 to {WINNERS}")));
                }
                let terms = Terms {
                    title,
                    thing: Thing::Lottery { winners, commitment: commitment(seed) },
                    stock: STOCK,
                    per_person: 1,
                    opens_at: now,
                    ends_at: None,
                    keyword,
                };
                self.write_terms(now, offer, terms)?;
                self.catalogue.seeds.insert(id.clone(), seed.to_owned());
                self.changes.insert(Change::Seed(id));
                Ok(())
            }
            SaleOrder::End { offer } => match self.books.offer(&offer) {
                // Ended already: as ordered.
                Some(known) if !known.open => Ok(()),
                _ => self.write(now, Fact::Closed { offer }),
            },
            SaleOrder::Draw { id } => self.draw(now, &id),
        }
    }

    /// Gives a voucher the shop's own codes. Codes that were handed out stay.
    ///
    /// # Errors
    /// [`Code::UnknownOffer`], or [`Code::BadValue`] if claims would change
    /// their codes.
    pub fn import(&mut self, id: &str, codes: Codes) -> Result<(), Reject> {
        let claimed = self.claimed(id);
        let (_, known) = self.catalogue.vouchers.get_mut(id).ok_or_else(|| unknown_voucher(id))?;
        if (1..=claimed).any(|n| known.code(id, n) != codes.code(id, n)) {
            return Err(bad(format!(
                "{claimed} codes were handed out; the new list must begin with them"
            )));
        }
        *known = codes;
        self.changes.insert(Change::Voucher(id.to_owned()));
        Ok(())
    }

    fn put_product(&mut self, product: Product) -> Result<(), Reject> {
        let products = &mut self.catalogue.products;
        if !products.contains_key(&product.number) && products.len() >= PRODUCTS {
            return Err(bad(format!("{PRODUCTS} products are in the sale; take one out first")));
        }
        products.insert(product.number, product);
        self.changes.insert(Change::Products);
        Ok(())
    }

    fn put_voucher(&mut self, voucher: Voucher, seed: &str) -> Result<(), Reject> {
        let vouchers = &mut self.catalogue.vouchers;
        let id = voucher.id.clone();
        let codes = match vouchers.remove(&id) {
            Some((_, codes)) => codes,
            None if vouchers.len() >= VOUCHERS => {
                return Err(bad(format!("{VOUCHERS} vouchers are prepared; remove one first")));
            }
            None => Codes::Generated { seed: seed.to_owned() },
        };
        vouchers.insert(id.clone(), (voucher, codes));
        self.changes.insert(Change::Voucher(id));
        Ok(())
    }

    fn remove_voucher(&mut self, id: &str) -> Result<(), Reject> {
        if self.claimed(id) > 0 {
            return Err(bad("it has claims, whose codes must stay known; end it instead"));
        }
        if self.books.offer(&OfferId::voucher(id)).is_some_and(|offer| offer.open) {
            return Err(bad("it can be claimed now; end it first"));
        }
        if self.catalogue.vouchers.remove(id).is_some() {
            self.changes.insert(Change::Voucher(id.to_owned()));
        }
        Ok(())
    }

    fn drop_voucher(&mut self, now: Millis, id: &str, seconds: Option<u32>) -> Result<(), Reject> {
        let (voucher, codes) =
            self.catalogue.vouchers.get(id).ok_or_else(|| unknown_voucher(id))?;
        let (own, most) = (voucher.ends_at, codes.most());
        if own.is_some_and(|ends| ends <= now) {
            return Err(Reject::new(Code::OfferEnded, "its own time is over; change it first"));
        }
        if voucher.stock > most {
            return Err(bad(format!("\"stock\" is {}, but it has {most} codes", voucher.stock)));
        }
        let terms = Terms {
            title: voucher.title.clone(),
            thing: Thing::Voucher {
                worth: voucher.worth.clone(),
                min_spend: voucher.min_spend.clone(),
            },
            stock: voucher.stock,
            per_person: voucher.per_person,
            opens_at: voucher.opens_at.unwrap_or(now).max(now),
            ends_at: ends(now, seconds)?.into_iter().chain(own).min(),
            keyword: voucher.keyword.clone(),
        };
        self.write_terms(now, OfferId::voucher(id), terms)
    }

    fn draw(&mut self, now: Millis, id: &str) -> Result<(), Reject> {
        let offer = OfferId::lottery(id);
        let known = self.books.offer(&offer);
        let (Some(known), Some(seed)) = (known, self.catalogue.seeds.get(id)) else {
            return Err(Reject::new(Code::UnknownOffer, format!("there is no lottery {id:?}")));
        };
        if known.drawn.is_some() {
            return Ok(());
        }
        let Thing::Lottery { winners: most, .. } = known.terms.thing else {
            return Err(bad(format!("{id:?} is no lottery")));
        };
        let entrants: Vec<&str> = known.claims.iter().map(|claim| claim.user.as_str()).collect();
        let places = draw(seed, &entrants, most);
        let winners = places.into_iter().map(|place| known.claims[place].seq).collect();
        let (seed, open) = (seed.clone(), known.open);
        if open {
            self.write(now, Fact::Closed { offer: offer.clone() })?;
        }
        self.write(now, Fact::Drawn { offer, seed, winners })
    }
}

fn ends(now: Millis, seconds: Option<u32>) -> Result<Option<Millis>, Reject> {
    let Some(seconds) = seconds else { return Ok(None) };
    if !(1..=SECONDS).contains(&seconds) {
        return Err(bad(format!("\"seconds\" is {seconds}; write 1 to {SECONDS}")));
    }
    Ok(Some(now.plus(u64::from(seconds) * 1_000)))
}

fn unknown_voucher(id: &str) -> Reject {
    Reject::new(Code::UnknownOffer, format!("there is no voucher {id:?}"))
}
