//! Matches every exclusive property.
use client::types::PaymentCardOrCash;

pub fn is_cash(way: PaymentCardOrCash<'_>) -> bool {
    match way {
        PaymentCardOrCash::Card(_) => false,
        PaymentCardOrCash::Cash(_) => true,
    }
}
