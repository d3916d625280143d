//! Every message that an author can see: one function each, with its permanent code.

pub mod reading;
pub mod workspace;
