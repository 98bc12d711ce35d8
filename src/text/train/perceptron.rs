//! Averaged weights in whole numbers, so that training gives the same bits everywhere.
//!
//! Source: Freund and Schapire 1999, "Large margin classification using the perceptron algorithm"; averaging by running sums.

use crate::text::model::Weights;

/// Weights in training.
pub(crate) struct Table {
    cells: Vec<i32>,
    /// Sum of step times change for each cell.
    sums: Vec<i64>,
    mask: u32,
    step: i64,
}

impl Table {
    pub fn new(bits: u32, width: usize) -> Self {
        let size = (1 << bits) + width;
        Self { cells: vec![0; size], sums: vec![0; size], mask: (1 << bits) - 1, step: 1 }
    }

    /// Counts a decision, changed or not.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// Raises one class over another for these features.
    pub fn update(&mut self, features: &[u32], up: usize, down: usize) {
        for feature in features {
            for (class, change) in [(up, 1), (down, -1)] {
                let at = (feature & self.mask) as usize + class;
                self.cells[at] += change;
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
    #[inline]
    fn add(&self, feature: u32, sums: &mut [i32]) {
        let start = (feature & self.mask) as usize;
        for (sum, cell) in sums.iter_mut().zip(&self.cells[start..]) {
            *sum += cell;
        }
    }

    #[inline]
    fn at(&self, feature: u32, class: usize) -> i32 {
        self.cells[(feature & self.mask) as usize + class]
    }
}

/// Sums averaged tables and brings them down to one signed byte a cell.
pub(crate) fn quantise(tables: &[Vec<i64>]) -> Vec<u8> {
    let size = tables.first().map_or(0, Vec::len);
    let summed: Vec<i64> = (0..size).map(|at| tables.iter().map(|t| t[at]).sum()).collect();
    let mut sizes: Vec<i64> = summed.iter().map(|w| w.abs()).filter(|w| *w > 0).collect();
    sizes.sort_unstable();
    // A few weights far out would cost all others their precision; they are cut.
    let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 2000)).copied().unwrap_or(1).max(1);
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
