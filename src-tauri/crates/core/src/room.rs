//! Room
/// names in a tip
pub const TIP_NAMES: usize = 10;
