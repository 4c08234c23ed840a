use super::*;
use serde_json::{Value, json};
use surtitle_core::Role;
use surtitle_core::sale::SaleOrder;

const NOW: Millis = Millis(5_000);

fn ordered(sale: &mut Sale, order: Value) {
    let order: SaleOrder = serde_json::from_value(order).expect("an order");
    sale.order(NOW, Role::Host, order, "seed").expect("carried out");
}

fn sale() -> Sale {
    let mut sale = Sale::default();
    let voucher = json!({ "id": "ten", "title": "Tee", "worth": { "kind": "percent", "percent": 10 },
        "stock": 3, "keyword": "deal" });
    ordered(&mut sale, json!({ "order": "voucher", "voucher": voucher }));
    ordered(&mut sale, json!({ "order": "drop", "id": "ten", "seconds": 60 }));
    ordered(
        &mut sale,
        json!({ "order": "lottery", "id": "mug", "title": "Becher", "keyword": "mug", "winners": 1 }),
    );
    sale
}

#[test]
fn picture_is_told_the_hosts_words_and_no_sentence_of_its_own() {
    let (placed, changed, gone) = Board::default().placards(NOW, &sale());
    let placed = serde_json::to_value(placed).expect("JSON");
    assert_eq!(
        placed,
        json!([
            { "id": "lottery-mug", "kind": "ticker", "lines": ["Becher"], "enter": { "keyword": "mug" } },
            { "id": "voucher-ten", "kind": "voucher", "title": "Tee", "value": "10% off",
              "worth": { "kind": "percent", "percent": 10 }, "keyword": "deal",
              "stock": 3, "left": 3, "ends_at": 65_000 },
        ])
    );
    assert!(changed.is_empty() && gone.is_empty());
}

#[test]
fn voucher_dropped_on_other_terms_is_another_and_one_that_ended_stays_a_moment() {
    let (mut sale, mut board) = (sale(), Board::default());
    board.placards(NOW, &sale);
    assert_eq!(board.placards(NOW, &sale), (Vec::new(), Vec::new(), Vec::new()));
    let voucher =
        json!({ "id": "ten", "title": "Tee", "worth": { "kind": "free_shipping" }, "stock": 3 });
    ordered(&mut sale, json!({ "order": "voucher", "voucher": voucher }));
    ordered(&mut sale, json!({ "order": "drop", "id": "ten", "seconds": 60 }));
    let (placed, changed, _) = board.placards(NOW, &sale);
    assert_eq!((placed.len(), changed.len()), (1, 0));
    ordered(&mut sale, json!({ "order": "end", "offer": "voucher:ten" }));
    let (_, changed, gone) = board.placards(Millis(6_000), &sale);
    assert!(matches!(changed[0].kind, PlacardKind::Voucher { ends_at: Some(Millis(6_000)), .. }));
    assert_eq!((changed.len(), gone), (1, Vec::<String>::new()));
}
