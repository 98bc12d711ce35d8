//! Content hashes that stay the same on every machine, and their printed form.

use std::fmt;

/// 64 bits of content hash, printed as 13 base-32 characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u64);

/// The alphabet of Crockford's Base 32 in lower case: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl Fingerprint {
    /// Hashes parts with their boundaries, so that `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = Hasher::default();
        for part in parts {
            hash.write(part.as_bytes());
            hash.write(&[0x1f]);
        }
        Self((hash.finish() >> 64) as u64)
    }

    /// The first `n` characters (at most 13) of the printed form.
    pub fn short(self, n: usize) -> String {
        let mut text = self.to_string();
        text.truncate(n);
        text
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = u128::from(self.0) << 1; // 65 bits: 13 groups of five
        (0..13).rev().try_for_each(|group| {
            let digit = (bits >> (5 * group)) as usize & 31;
            write!(f, "{}", ALPHABET[digit] as char)
        })
    }
}

/// FNV-1a with 128 bits: no key, no state, the same bytes everywhere; not for adversaries.
///
/// Source: Fowler, Noll, Vo, Eastlake, The FNV Non-Cryptographic Hash Algorithm, RFC 9923.
pub fn hash128(bytes: &[u8]) -> u128 {
    let mut hash = Hasher::default();
    hash.write(bytes);
    hash.finish()
}

struct Hasher(u128);

impl Default for Hasher {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Hasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    fn finish(self) -> u128 {
        // FNV mixes its low bits late; folding them upwards spreads short inputs over the half that is kept.
        let folded = self.0 ^ (self.0 << 67) ^ (self.0 >> 59);
        folded.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_form_is_thirteen_characters_and_keeps_boundaries() {
        let one = Fingerprint::of(["ab", "c"]);
        let two = Fingerprint::of(["a", "bc"]);
        assert_ne!(one, two);
        assert_eq!(one.to_string().len(), 13);
        assert_eq!(one.short(6), one.to_string()[..6]);
    }
}
