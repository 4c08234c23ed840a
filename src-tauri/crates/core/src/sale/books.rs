//! What follows from a ledger, and what it may hold.

use super::chain::Hash;
use super::draw::{self, commitment};
use super::offer::is_of;
use super::{Entry, Fact, How, OfferId, Terms, Thing, bad};
use crate::{Code, Millis, Reject, UserId};
use std::collections::{BTreeMap, HashMap};

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Number of its entry.
    pub seq: u64,
    /// The hash after its entry: the receipt.
    pub hash: Hash,
    /// The how-manieth of its offer, from 1.
    pub n: u32,
    /// When.
    pub at: Millis,
    /// Who.
    pub user: UserId,
    /// Their name then.
    pub nick: String,
    /// How.
    pub how: How,
    /// Their own number of it.
    pub cid: u32,
    /// The order it was used for.
    pub redeemed: Option<String>,
}

/// An offer and who claimed it.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Its terms now.
    pub terms: Terms,
    /// Whether the host has not ended it.
    pub open: bool,
    /// Every claim, in order.
    pub claims: Vec<Claim>,
    /// Numbers of the claims that won, once it was drawn.
    pub drawn: Option<Vec<u64>>,
    /// Places in `claims`, by person.
    by: HashMap<UserId, Vec<u32>>,
}

impl Offer {
    /// How many are left.
    pub fn left(&self) -> u32 {
        let claimed = u32::try_from(self.claims.len()).unwrap_or(u32::MAX);
        self.terms.stock.saturating_sub(claimed)
    }

    /// The claims of somebody, in order.
    pub fn of<'a>(&'a self, user: &UserId) -> impl Iterator<Item = &'a Claim> {
        let places = self.by.get(user).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|place| self.claims.get(*place as usize))
    }

    /// The claim that this very request made before, if it did.
    pub fn known(&self, user: &UserId, how: How, cid: u32) -> Option<&Claim> {
        self.of(user).find(|claim| claim.cid == cid && claim.how.is_said() == how.is_said())
    }

    /// Whether a claim may be made at `at` at all.
    pub fn is_running(&self, at: Millis) -> bool {
        self.open && at >= self.terms.opens_at && self.terms.ends_at.is_none_or(|ends| at < ends)
    }

    fn claim(&self, at: Millis, user: &UserId) -> Result<(), Reject> {
        let no = |code, message: String| Err(Reject::new(code, message));
        let title = &self.terms.title;
        if self.of(user).count() >= self.terms.per_person as usize {
            return no(
                Code::OfferLimit,
                match self.terms.per_person {
                    1 => format!("\"{title}\" is yours already; there is one for each"),
                    most => format!("\"{title}\": you have {most}, and nobody may have more"),
                },
            );
        }
        if self.left() == 0 {
            return no(Code::SoldOut, format!("\"{title}\" is sold out"));
        }
        if !self.open || self.terms.ends_at.is_some_and(|ends| at >= ends) {
            return no(Code::OfferEnded, format!("\"{title}\" has ended"));
        }
        if at < self.terms.opens_at {
            return no(Code::OfferNotOpen, format!("\"{title}\" is not open yet"));
        }
        Ok(())
    }
}

/// Everything a ledger says.
#[derive(Debug, Clone)]
pub struct Books {
    last: u64,
    head: Hash,
    at: Millis,
    offers: BTreeMap<OfferId, Offer>,
    /// Where each claim is, by the number of its entry.
    claims: HashMap<u64, (OfferId, u32)>,
    /// The entry of each order, by its name.
    orders: HashMap<String, u64>,
    /// How many of each product were ordered.
    sold: BTreeMap<u32, u64>,
}

impl Default for Books {
    fn default() -> Self {
        Self {
            last: 0,
            head: Hash::genesis(),
            at: Millis(0),
            offers: BTreeMap::new(),
            claims: HashMap::new(),
            orders: HashMap::new(),
            sold: BTreeMap::new(),
        }
    }
}

impl Books {
    /// Number of the last entry; 0 for none.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// The hash after the last entry.
    pub fn head(&self) -> Hash {
        self.head
    }

    /// When the last entry was made.
    pub fn at(&self) -> Millis {
        self.at
    }

    /// Every offer there ever was.
    pub fn offers(&self) -> &BTreeMap<OfferId, Offer> {
        &self.offers
    }

    /// One offer.
    pub fn offer(&self, id: &OfferId) -> Option<&Offer> {
        self.offers.get(id)
    }

    /// A claim by the number of its entry.
    pub fn claim(&self, seq: u64) -> Option<(&OfferId, &Claim)> {
        let (id, place) = self.claims.get(&seq)?;
        Some((id, self.offers.get(id)?.claims.get(*place as usize)?))
    }

    /// The entry of an order the shop told of.
    pub fn order(&self, order: &str) -> Option<u64> {
        self.orders.get(order).copied()
    }

    /// How many of a product were ordered.
    pub fn sold(&self, product: u32) -> u64 {
        self.sold.get(&product).copied().unwrap_or(0)
    }

    /// Whether `fact` may be the next.
    ///
    /// # Errors
    /// The [`Reject`] of the rule it would break.
    pub fn check(&self, at: Millis, fact: &Fact) -> Result<(), Reject> {
        if at < self.at {
            return Err(bad("it happened before the entry before it"));
        }
        match fact {
            Fact::Opened { offer, terms } => self.check_terms(offer, terms),
            Fact::Closed { offer } => match self.find(offer)? {
                known if known.open => Ok(()),
                known => Err(ended(known)),
            },
            Fact::Claimed { offer, n, user, nick, how, cid } => {
                let known = self.find(offer)?;
                known.claim(at, user)?;
                if *n as usize != known.claims.len() + 1 {
                    return Err(bad(format!(
                        "claim {n} of {offer} does not follow the one before"
                    )));
                }
                if known.known(user, *how, *cid).is_some() {
                    return Err(bad(format!("claim {cid} of {user} is there twice")));
                }
                let number = matches!(known.terms.thing, Thing::Product { .. });
                match how {
                    How::Keyword if known.terms.keyword.is_none() => {
                        Err(bad(format!("{offer} has no keyword")))
                    }
                    How::Number if !number => Err(bad(format!("{offer} has no number"))),
                    _ if nick.chars().count() > 64 => Err(bad("the name is too long")),
                    _ => Ok(()),
                }
            }
            Fact::Redeemed { claim, order } => {
                is_order(order)?;
                let (_, known) = self.claim(*claim).ok_or_else(unknown_claim)?;
                match &known.redeemed {
                    Some(other) => Err(Reject::new(
                        Code::Redeemed,
                        format!("it was used for the order {other:?} already"),
                    )),
                    None => Ok(()),
                }
            }
            Fact::Ordered { order, count, .. } => {
                is_order(order)?;
                if !(1..=9_999).contains(count) {
                    return Err(bad(format!("\"count\" is {count}; write 1 to 9999")));
                }
                match self.order(order) {
                    Some(_) => Err(bad(format!("the order {order:?} was told before"))),
                    None => Ok(()),
                }
            }
            Fact::Drawn { offer, seed, winners } => self.check_draw(offer, seed, winners),
        }
    }

    fn check_terms(&self, id: &OfferId, terms: &Terms) -> Result<(), Reject> {
        let Some(known) = self.offers.get(id) else {
            return if is_of(id, &terms.thing) && terms.clone().checked()? == *terms {
                Ok(())
            } else {
                Err(bad(format!("the terms are not those of {id}")))
            };
        };
        if known.drawn.is_some() {
            return Err(ended(known));
        }
        let published = matches!(known.terms.thing, Thing::Lottery { .. } | Thing::Packet { .. });
        if published && known.terms.thing != terms.thing {
            return Err(bad(format!("the terms of {id} are published and stay as they are")));
        }
        let claimed = known.claims.len();
        if (terms.stock as usize) < claimed {
            return Err(bad(format!(
                "{claimed} of {id} are claimed; \"stock\" must be at least that"
            )));
        }
        if is_of(id, &terms.thing) && terms.clone().checked()? == *terms {
            Ok(())
        } else {
            Err(bad(format!("the terms are not those of {id}")))
        }
    }

    fn check_draw(&self, id: &OfferId, seed: &str, winners: &[u64]) -> Result<(), Reject> {
        let known = self.find(id)?;
        let Thing::Lottery { winners: most, commitment: promised } = &known.terms.thing else {
            return Err(bad(format!("{id} is no lottery")));
        };
        if known.drawn.is_some() {
            return Err(ended(known));
        }
        if known.open {
            return Err(bad(format!("{id} is still open; end it first")));
        }
        if commitment(seed) != *promised {
            return Err(bad("the seed is not the one that was promised"));
        }
        let entrants: Vec<&str> = known.claims.iter().map(|c| c.user.as_str()).collect();
        let drawn = draw::draw(seed, &entrants, *most);
        if drawn.iter().map(|place| known.claims[*place].seq).eq(winners.iter().copied()) {
            Ok(())
        } else {
            Err(bad("the winners are not those the seed draws"))
        }
    }

    fn find(&self, id: &OfferId) -> Result<&Offer, Reject> {
        self.offers.get(id).ok_or_else(|| {
            Reject::new(Code::UnknownOffer, format!("there is no offer {:?} now", id.0))
        })
    }

    /// Takes an entry in that [`Self::check`] has let through.
    pub(super) fn take(&mut self, entry: &Entry, hash: Hash) {
        (self.last, self.head, self.at) = (entry.seq, hash, entry.at);
        match &entry.fact {
            Fact::Opened { offer, terms } => {
                let terms = Terms::clone(terms);
                match self.offers.get_mut(offer) {
                    Some(known) => (known.terms, known.open) = (terms, true),
                    None => {
                        let (claims, by) = (Vec::new(), HashMap::new());
                        let new = Offer { terms, open: true, claims, drawn: None, by };
                        self.offers.insert(offer.clone(), new);
                    }
                }
            }
            Fact::Closed { offer } => {
                if let Some(known) = self.offers.get_mut(offer) {
                    known.open = false;
                }
            }
            Fact::Claimed { offer, n, user, nick, how, cid } => {
                let Some(known) = self.offers.get_mut(offer) else { return };
                let place = n - 1;
                known.by.entry(user.clone()).or_default().push(place);
                known.claims.push(Claim {
                    seq: entry.seq,
                    hash,
                    n: *n,
                    at: entry.at,
                    user: user.clone(),
                    nick: nick.clone(),
                    how: *how,
                    cid: *cid,
                    redeemed: None,
                });
                self.claims.insert(entry.seq, (offer.clone(), place));
            }
            Fact::Redeemed { claim, order } => {
                if let Some((offer, place)) = self.claims.get(claim)
                    && let Some(known) = self.offers.get_mut(offer)
                    && let Some(claim) = known.claims.get_mut(*place as usize)
                {
                    claim.redeemed = Some(order.clone());
                }
            }
            Fact::Ordered { order, product, count } => {
                self.orders.insert(order.clone(), entry.seq);
                if let Some(product) = product {
                    *self.sold.entry(*product).or_default() += u64::from(*count);
                }
            }
            Fact::Drawn { offer, winners, .. } => {
                if let Some(known) = self.offers.get_mut(offer) {
                    known.drawn = Some(winners.clone());
                }
            }
        }
    }
}

pub(super) fn unknown_claim() -> Reject {
    Reject::new(Code::UnknownClaim, "no claim has this code or number")
}

fn ended(offer: &Offer) -> Reject {
    Reject::new(Code::OfferEnded, format!("\"{}\" has ended", offer.terms.title))
}

fn is_order(order: &str) -> Result<(), Reject> {
    if (1..=64).contains(&order.len()) && order.bytes().all(|b| b.is_ascii_graphic()) {
        return Ok(());
    }
    Err(bad("\"order\" must be 1 to 64 printable characters"))
}
