//! A running sale.

use super::books::{Claim, unknown_claim};
use super::chain::{Fault, Record, record, verify};
use super::hear::{folded, has_word, numbers};
use super::{Books, Catalogue, Fact, How, Offer, OfferId, Price, Product, Terms, Thing};
use crate::{Code, Millis, Reject, Role, Sender, UserId};
use std::collections::{BTreeSet, HashMap};

/// A part of the catalogue that has to be written down.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The products, and which is on show.
    Products,
    /// A voucher of this id, which may be gone.
    Voucher(String),
    /// The seed of the lottery of this id.
    Seed(String),
    /// The shares of the red packet of this id.
    Packet(String),
}

/// A claim that was made, now or before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Of which offer.
    pub offer: OfferId,
    /// The claim.
    pub claim: Claim,
    /// Its code, if it is of a voucher.
    pub code: Option<String>,
    /// What it is worth, if it is of a red packet.
    pub amount: Option<Price>,
    /// Whether it was made just now.
    pub fresh: bool,
}

/// The catalogue, the books, and what waits to be written down.
#[derive(Debug, Clone, Default)]
pub struct Sale {
    pub(super) catalogue: Catalogue,
    pub(super) books: Books,
    /// Number of the claim that has this code, in capitals.
    codes: HashMap<String, u64>,
    records: Vec<Record>,
    pub(super) changes: BTreeSet<Change>,
}

impl Sale {
    /// A sale as an earlier run left it.
    ///
    /// # Errors
    /// The first [`Fault`] of the ledger.
    pub fn open<'a>(
        catalogue: Catalogue,
        ledger: impl IntoIterator<Item = &'a Record>,
    ) -> Result<Self, Fault> {
        let mut sale = Self { catalogue, ..Self::default() };
        for record in ledger {
            let entry = verify(&mut sale.books, record)?;
            sale.note_code(&entry.fact, entry.seq);
        }
        Ok(sale)
    }

    /// What is prepared.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What happened.
    pub fn books(&self) -> &Books {
        &self.books
    }

    /// Lines of the ledger since the last call, to be on disk before anybody
    /// is answered.
    pub fn take_records(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.records)
    }

    /// Parts of the catalogue that changed since the last call, to be on disk
    /// together with the records.
    pub fn take_changes(&mut self) -> BTreeSet<Change> {
        std::mem::take(&mut self.changes)
    }

    /// Makes a claim, or finds the one this request made before.
    ///
    /// # Errors
    /// The [`Reject`] of the rule that says no; nothing has changed then.
    pub fn claim(
        &mut self,
        now: Millis,
        who: &Sender,
        offer: &OfferId,
        how: How,
        cid: u32,
    ) -> Result<Answer, Reject> {
        if who.role < Role::Viewer {
            return Err(Reject::new(Code::Guest, "guests only look; take a nickname to claim"));
        }
        let known = self.books.offer(offer).ok_or_else(|| {
            Reject::new(Code::UnknownOffer, format!("there is no offer {:?} now", offer.0))
        })?;
        if let Some(claim) = known.known(&who.id, how, cid) {
            let claim = claim.clone();
            return Ok(self.answer(offer, claim, false));
        }
        let n = u32::try_from(known.claims.len()).unwrap_or(u32::MAX).saturating_add(1);
        if let Some(id) = offer.as_voucher()
            && self.catalogue.vouchers.get(id).is_none_or(|(_, codes)| n > codes.most())
        {
            return Err(Reject::new(Code::SoldOut, "there is no code left for it"));
        }
        self.write(
            now,
            Fact::Claimed {
                offer: offer.clone(),
                n,
                user: who.id.clone(),
                nick: who.nick.clone(),
                how,
                cid,
            },
        )?;
        let made = self.books.offer(offer).and_then(|offer| offer.claims.last().cloned());
        let claim = made.ok_or_else(unknown_claim)?;
        Ok(self.answer(offer, claim, true))
    }

    /// Makes the claims a comment asks for: by keyword and by product number.
    /// A comment that asks for nothing has an empty answer.
    pub fn hear(
        &mut self,
        now: Millis,
        who: &Sender,
        text: &str,
        cid: u32,
    ) -> Vec<(OfferId, Result<Answer, Reject>)> {
        let text = folded(text);
        let mut meant = Vec::new();
        for (id, offer) in self.books.offers() {
            let ended = offer.terms.ends_at.is_some_and(|ends| now >= ends);
            if !offer.open || ended {
                continue;
            }
            let keyword = offer.terms.keyword.as_deref().map(folded);
            if keyword.is_some_and(|word| has_word(&text, &word)) {
                meant.push((id.clone(), How::Keyword));
            } else if let Thing::Product { number, .. } = offer.terms.thing
                && numbers(&text).contains(&number)
            {
                meant.push((id.clone(), How::Number));
            }
        }
        let claims = meant.into_iter().map(|(id, how)| {
            let answer = self.claim(now, who, &id, how, cid);
            (id, answer)
        });
        claims.collect()
    }

    /// Whether a comment may be a claim at all now.
    pub fn is_listening(&self) -> bool {
        self.books.offers().values().any(|offer| {
            let number = matches!(offer.terms.thing, Thing::Product { .. });
            offer.open && (number || offer.terms.keyword.is_some())
        })
    }

    /// Everything somebody has, in the order they claimed it.
    pub fn wallet(&self, user: &UserId) -> Vec<Answer> {
        let mut all: Vec<Answer> = self
            .books
            .offers()
            .iter()
            .flat_map(|(id, offer)| offer.of(user).map(move |claim| (id, claim.clone())))
            .map(|(id, claim)| self.answer(id, claim, false))
            .collect();
        all.sort_by_key(|answer| answer.claim.seq);
        all
    }

    /// The claim that has this code.
    pub fn by_code(&self, code: &str) -> Option<u64> {
        self.codes.get(&code.trim().to_ascii_uppercase()).copied()
    }

    /// The code of a claim, if it is of a voucher.
    pub fn code(&self, offer: &OfferId, n: u32) -> Option<String> {
        let id = offer.as_voucher()?;
        self.catalogue.vouchers.get(id).and_then(|(_, codes)| codes.code(id, n))
    }

    /// Uses a claim for an order of the shop. The same order again is the same.
    ///
    /// # Errors
    /// [`Code::UnknownClaim`], or [`Code::Redeemed`] for another order.
    pub fn redeem(&mut self, now: Millis, claim: u64, order: &str) -> Result<Answer, Reject> {
        let (offer, known) = self.books.claim(claim).ok_or_else(unknown_claim)?;
        let (offer, known) = (offer.clone(), known.clone());
        let fresh = known.redeemed.as_deref() != Some(order);
        if fresh {
            self.write(now, Fact::Redeemed { claim, order: order.to_owned() })?;
        }
        let redeemed = Some(order.to_owned());
        Ok(self.answer(&offer, Claim { redeemed, ..known }, fresh))
    }

    /// Notes an order of the shop; says whether it is new.
    ///
    /// # Errors
    /// [`Code::BadValue`] that names the field.
    pub fn note_order(
        &mut self,
        now: Millis,
        order: &str,
        product: Option<u32>,
        count: u32,
    ) -> Result<bool, Reject> {
        if self.books.order(order).is_some() {
            return Ok(false);
        }
        if let Some(number) = product
            && !self.catalogue.products.contains_key(&number)
        {
            return Err(unknown_product(number));
        }
        self.write(now, Fact::Ordered { order: order.to_owned(), product, count })?;
        Ok(true)
    }

    pub(super) fn write_terms(
        &mut self,
        now: Millis,
        offer: OfferId,
        terms: Terms,
    ) -> Result<(), Reject> {
        let terms = terms.checked()?;
        // As ordered already, but for the moment it opens.
        let same = |known: &Offer| {
            known.open && Terms { opens_at: terms.opens_at, ..known.terms.clone() } == terms
        };
        if self.books.offer(&offer).is_some_and(same) {
            return Ok(());
        }
        self.write(now, Fact::Opened { offer, terms: Box::new(terms) })
    }

    /// Makes `fact` the next line of the ledger, if the rules let it.
    pub(super) fn write(&mut self, now: Millis, fact: Fact) -> Result<(), Reject> {
        // The clock may have been set back between two runs.
        let at = now.max(self.books.at());
        self.books.check(at, &fact)?;
        let (entry, record) = record(self.books.head(), self.books.last() + 1, at, fact);
        self.books.take(&entry, record.hash);
        self.note_code(&entry.fact, entry.seq);
        self.records.push(record);
        Ok(())
    }

    fn note_code(&mut self, fact: &Fact, seq: u64) {
        if let Fact::Claimed { offer, n, .. } = fact
            && let Some(code) = self.code(offer, *n)
        {
            self.codes.insert(code.to_ascii_uppercase(), seq);
        }
    }

    fn answer(&self, offer: &OfferId, claim: Claim, fresh: bool) -> Answer {
        let code = self.code(offer, claim.n);
        let amount = self.amount(offer, claim.n);
        Answer { offer: offer.clone(), claim, code, amount, fresh }
    }

    pub(super) fn claimed(&self, voucher: &str) -> u32 {
        let offer = self.books.offer(&OfferId::voucher(voucher));
        offer.map_or(0, |offer| u32::try_from(offer.claims.len()).unwrap_or(u32::MAX))
    }

    pub(super) fn product(&self, number: u32) -> Result<&Product, Reject> {
        self.catalogue.products.get(&number).ok_or_else(|| unknown_product(number))
    }
}

pub(super) fn unknown_product(number: u32) -> Reject {
    Reject::new(Code::UnknownProduct, format!("there is no product {number} in the sale"))
}
