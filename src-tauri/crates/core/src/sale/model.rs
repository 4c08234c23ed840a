//! Every order in which a few requests can come, against a model that is so
//! simple that it is plainly right.
//!
//! People claim by button and by comment, some requests twice (a retry), while
//! the host ends the offer and drops it again: every interleaving is tried that
//! keeps each one's own order. At the end of each the ledger alone must tell
//! the same story.

use super::tests::{SEED, dropped, who};
use super::{Books, How, OfferId, Sale, SaleOrder, verify};
use crate::{Code, Millis, Role};
use std::collections::{HashMap, HashSet};

/// What one of them does next.
#[derive(Debug, Clone, Copy)]
enum Step {
    Claim(u32),
    Say(u32),
    End,
    Drop,
}

/// What everybody does, each in their own order.
type Script = Vec<(&'static str, Vec<Step>)>;

/// The offer as a child would keep it: who got one by which request, in order.
#[derive(Debug, Clone)]
struct Model {
    stock: usize,
    each: usize,
    open: bool,
    got: Vec<(&'static str, bool, u32)>,
}

impl Model {
    /// The how-manieth somebody got, or why none.
    fn claim(&mut self, name: &'static str, said: bool, cid: u32) -> Result<usize, Code> {
        if let Some(place) = self.got.iter().position(|known| *known == (name, said, cid)) {
            return Ok(place + 1);
        }
        if self.got.iter().filter(|(who, ..)| *who == name).count() >= self.each {
            return Err(Code::OfferLimit);
        }
        if self.got.len() >= self.stock {
            return Err(Code::SoldOut);
        }
        if !self.open {
            return Err(Code::OfferEnded);
        }
        self.got.push((name, said, cid));
        Ok(self.got.len())
    }
}

/// Tries every interleaving from here; counts those that ended.
fn explore(sale: &Sale, model: &Model, script: &Script, at: &mut Vec<usize>, ended: &mut u64) {
    let mut is_end = true;
    for lane in 0..script.len() {
        let (name, steps) = &script[lane];
        let Some(step) = steps.get(at[lane]) else { continue };
        is_end = false;
        let (mut sale, mut model) = (sale.clone(), model.clone());
        let now = Millis(1 + at.iter().sum::<usize>() as u64);
        run(&mut sale, &mut model, now, name, *step);
        at[lane] += 1;
        explore(&sale, &model, script, at, ended);
        at[lane] -= 1;
    }
    if is_end {
        *ended += 1;
        assert_whole(sale, model);
    }
}

fn run(sale: &mut Sale, model: &mut Model, now: Millis, name: &'static str, step: Step) {
    let offer = OfferId::voucher("ten");
    let (expected, found) = match step {
        Step::End => {
            model.open = false;
            return sale.order(now, Role::Host, SaleOrder::End { offer }, SEED).expect("ended");
        }
        Step::Drop => {
            model.open = true;
            let drop = SaleOrder::Drop { id: "ten".into(), seconds: None };
            return sale.order(now, Role::Host, drop, SEED).expect("dropped");
        }
        Step::Claim(cid) => {
            let answer = sale.claim(now, &who(name), &offer, How::Button, cid);
            (model.claim(name, false, cid), answer.map_err(|reject| reject.code))
        }
        Step::Say(cid) => {
            let was_open = model.open;
            let expected = model.claim(name, true, cid);
            let Some((_, answer)) = sale.hear(now, &who(name), "deal", cid).pop() else {
                // What has ended does not listen; what was got stays so.
                return assert!(!was_open);
            };
            (expected, answer.map_err(|reject| reject.code))
        }
    };
    assert_eq!(found.map(|answer| answer.claim.n as usize), expected, "{name} {step:?} {model:?}");
}

/// The ledger alone says the same, and a restart changes nothing.
fn assert_whole(sale: &Sale, model: &Model) {
    let ledger = sale.clone().take_records();
    let mut books = Books::default();
    for record in &ledger {
        verify(&mut books, record).expect("whole");
    }
    let offer = books.offer(&OfferId::voucher("ten")).expect("an offer");
    let claims: Vec<_> =
        offer.claims.iter().map(|c| (c.user.as_str(), c.how.is_said(), c.cid)).collect();
    assert_eq!(claims, model.got);
    assert!(claims.len() <= model.stock);
    let mut each: HashMap<&str, usize> = HashMap::new();
    claims.iter().for_each(|(name, ..)| *each.entry(name).or_default() += 1);
    assert!(each.values().all(|n| *n <= model.each));
    assert_eq!(claims.iter().collect::<HashSet<_>>().len(), claims.len());
    let again = Sale::open(sale.catalogue().clone(), &ledger).expect("opens again");
    assert_eq!(again.books().head(), sale.books().head());
}

fn explored(stock: u32, each: u32, script: &Script) -> u64 {
    let sale = dropped(stock, each, None);
    let model = Model { stock: stock as usize, each: each as usize, open: true, got: Vec::new() };
    let mut ended = 0;
    explore(&sale, &model, script, &mut vec![0; script.len()], &mut ended);
    ended
}

#[test]
fn every_interleaving_of_claims_and_retries_keeps_stock_share_and_answers() {
    use Step::{Claim, Say};
    let script: Script = vec![
        ("ann", vec![Claim(1), Claim(1), Claim(2)]),
        ("bea", vec![Claim(1), Say(1), Claim(1)]),
        ("cid", vec![Say(5), Say(5), Claim(5)]),
    ];
    for (stock, each) in [(1, 1), (2, 1), (2, 2), (3, 1), (4, 2)] {
        assert_eq!(explored(stock, each, &script), 1_680, "9! / (3! 3! 3!)");
    }
}

#[test]
fn every_interleaving_with_an_end_and_another_drop_keeps_them_too() {
    use Step::{Claim, Drop, End, Say};
    let script: Script = vec![
        ("ann", vec![Claim(1), Claim(1)]),
        ("bea", vec![Say(1), Say(1)]),
        ("cid", vec![Claim(9), Claim(10)]),
        ("host", vec![End, Drop]),
    ];
    for (stock, each) in [(1, 1), (2, 1), (3, 2)] {
        assert_eq!(explored(stock, each, &script), 2_520, "8! / (2! 2! 2! 2!)");
    }
}
