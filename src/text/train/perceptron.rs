//! Averaged weights in whole numbers, so that training gives the same bits everywhere.
//!
//! Source: Freund and Schapire 1999, "Large margin classification using the perceptron algorithm"; averaging by running sums.

use crate::text::model::{Weights, place};

/// Weights in training.
pub(crate) struct Table {
    /// Two bytes each, so that more of them stay near the processor; training stays far below their bounds.
    cells: Vec<i16>,
    /// Sum of step times change for each cell.
    sums: Vec<i64>,
    mask: u32,
    step: i64,
    known: Vec<u8>,
}

impl Table {
    pub fn new(bits: u32, width: usize, known: Vec<u8>) -> Self {
        let size = (1 << bits) + width;
        Self { cells: vec![0; size], sums: vec![0; size], mask: (1 << bits) - 1, step: 1, known }
    }

    /// Counts a decision, changed or not.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// Raises one class over another for these features.
    pub fn update(&mut self, features: &[u32], up: usize, down: usize) {
        for feature in features {
            for (class, change) in [(up, 1_i16), (down, -1)] {
                let at = (feature & self.mask) as usize + class;
                self.cells[at] = self.cells[at].saturating_add(change);
                self.sums[at] += self.step * i64::from(change);
            }
        }
    }

    /// The averaged weights, times the number of steps over 2^16.
    pub fn average(&self) -> Vec<i64> {
        let scale = |cell: i64, sum: i64| (cell * self.step - sum) * 256 / self.step;
        self.cells.iter().zip(&self.sums).map(|(cell, sum)| scale(i64::from(*cell), *sum)).collect()
    }
}

impl Weights for Table {
    fn score(&self, features: &[u32], sums: &mut [i32]) {
        sums.fill(0);
        for feature in features {
            let start = (feature & self.mask) as usize;
            for (sum, cell) in sums.iter_mut().zip(&self.cells[start..]) {
                *sum += i32::from(*cell);
            }
        }
    }

    #[inline]
    fn at(&self, feature: u32, class: usize) -> i32 {
        i32::from(self.cells[(feature & self.mask) as usize + class])
    }

    #[inline]
    fn knows(&self, feature: u32) -> bool {
        let (byte, bit) = place(feature, self.known.len());
        self.known[byte] & bit != 0
    }
}

/// Sums averaged tables and brings them down to one signed byte a cell.
pub(crate) fn quantise(tables: &[Vec<i64>]) -> Vec<u8> {
    let size = tables.first().map_or(0, Vec::len);
    let summed: Vec<i64> = (0..size).map(|at| tables.iter().map(|t| t[at]).sum()).collect();
    // The largest weight sets the scale. Cutting even one weight in two thousand cost four points of UAS: the largest are the
    // most general ones.
    let top = summed.iter().map(|w| w.abs()).max().unwrap_or(0).max(1);
    summed.iter().map(|w| ((w * 127 + w.signum() * top / 2) / top).clamp(-127, 127) as i8 as u8).collect()
}

/// A fixed sequence of numbers. Source: Steele, Lea and Flood 2014, SplitMix.
pub(crate) struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// Brings a list into a fixed disorder.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
    }
}

/// How often features were met, up to 255; a few are mistaken for others.
pub(crate) struct Seen {
    counts: Vec<u8>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { counts: vec![0; 1 << 26] }
    }
}

impl Seen {
    pub fn add(&mut self, feature: u32) {
        let count = &mut self.counts[(feature >> 6) as usize];
        *count = count.saturating_add(1);
    }

    /// Whether a feature was met at least this often.
    pub fn often(&self, feature: u32, least: u8) -> bool {
        self.counts[(feature >> 6) as usize] >= least
    }
}

/// Puts a feature into a set of bits.
pub(crate) fn mark(known: &mut [u8], feature: u32) {
    let (byte, bit) = place(feature, known.len());
    known[byte] |= bit;
}

/// Share of bits that are set, in percent.
pub(crate) fn fill(known: &[u8]) -> f64 {
    100.0 * known.iter().map(|b| f64::from(b.count_ones())).sum::<f64>() / (known.len() * 8) as f64
}
