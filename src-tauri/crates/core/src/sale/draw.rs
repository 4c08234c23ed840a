//! A draw that anybody can do again.
//!
//! Before anybody enters, SHA-256 of a secret seed is published. When the list
//! of entrants is closed, the seed is published too. The key of the draw is
//! SHA-256 of the seed and of every entrant in order; random numbers are
//! SHA-256 of the key and a counter; places are drawn without putting back,
//! without a bias (Fisher–Yates, rejecting what does not divide evenly).

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What is published of a seed before the list is open: its SHA-256, in hex.
pub fn commitment(seed: &str) -> String {
    super::Hash(Sha256::digest(seed.as_bytes()).into()).to_string()
}

/// Places of the winners in `entrants`, at most `winners`, in the order drawn.
pub fn draw(seed: &str, entrants: &[&str], winners: u32) -> Vec<usize> {
    let mut key = Sha256::new_with_prefix(b"surtitle draw 1\0");
    key.update(seed.as_bytes());
    for entrant in entrants {
        key.update([0]);
        key.update(entrant.as_bytes());
    }
    let key: [u8; 32] = key.finalize().into();
    let mut counter = 0_u64;
    let mut random = move |below: u64| loop {
        let digest: [u8; 32] =
            Sha256::new().chain_update(key).chain_update(counter.to_be_bytes()).finalize().into();
        counter += 1;
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        let value = u64::from_be_bytes(first);
        // The last values, fewer than `below`, would come once too often.
        if value < u64::MAX - u64::MAX % below {
            break value % below;
        }
    };
    let mut places: Vec<usize> = (0..entrants.len()).collect();
    let count = places.len().min(winners as usize);
    for i in 0..count {
        let j = usize::try_from(random((places.len() - i) as u64)).unwrap_or(0);
        places.swap(i, i + j);
    }
    places.truncate(count);
    places
}

/// Everything somebody needs to do a draw again: the file that is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// What it was for.
    pub title: String,
    /// As published before.
    pub commitment: String,
    /// The seed.
    pub seed: String,
    /// How many were to be drawn.
    pub winners: u32,
    /// Ids of the entrants, in the order they entered.
    pub entrants: Vec<String>,
    /// Ids of the winners, in the order they were drawn.
    pub drawn: Vec<String>,
}

impl Draw {
    /// Does it again.
    ///
    /// # Errors
    /// What is not as it says.
    pub fn verify(&self) -> Result<(), String> {
        let commitment = commitment(&self.seed);
        if commitment != self.commitment {
            return Err(format!(
                "the seed's SHA-256 is {commitment}, but {} was promised",
                self.commitment
            ));
        }
        let entrants: Vec<&str> = self.entrants.iter().map(String::as_str).collect();
        let drawn: Vec<&str> =
            draw(&self.seed, &entrants, self.winners).into_iter().map(|i| entrants[i]).collect();
        if drawn == self.drawn {
            return Ok(());
        }
        Err(format!("the seed draws {drawn:?}, but {:?} are named", self.drawn))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_wins_about_as_often() {
        let entrants = ["a", "b", "c", "d", "e"];
        let mut wins = [0_u32; 5];
        for seed in 0..5_000 {
            for place in draw(&seed.to_string(), &entrants, 2) {
                wins[place] += 1;
            }
        }
        assert!(wins.iter().all(|n| (1_850..2_150).contains(n)), "{wins:?}");
    }

    #[test]
    fn another_list_draws_others_and_nobody_wins_twice() {
        let many: Vec<String> = (0..50).map(|n| n.to_string()).collect();
        let list: Vec<&str> = many.iter().map(String::as_str).collect();
        let all = draw("s", &list, 50);
        let mut sorted = all.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<_>>());
        assert_ne!(draw("s", &list, 5), draw("s", &list[..49], 5));
        assert_eq!(draw("s", &[], 3), Vec::<usize>::new());
    }

    #[test]
    fn changed_draw_does_not_verify() {
        let entrants: Vec<String> = ["ann", "bea", "cid"].map(String::from).to_vec();
        let list: Vec<&str> = entrants.iter().map(String::as_str).collect();
        let drawn = draw("seed", &list, 1).into_iter().map(|i| entrants[i].clone()).collect();
        let title = "A scarf".to_owned();
        let (seed, commitment) = ("seed".to_owned(), commitment("seed"));
        let fair = Draw { title, commitment, seed, winners: 1, entrants, drawn };
        assert_eq!(fair.verify(), Ok(()));
        let mut other = fair.clone();
        other.entrants.push("dan".into());
        other.drawn = vec!["dan".into()];
        assert!(other.verify().is_err());
        assert!(Draw { seed: "other".into(), ..fair }.verify().is_err());
    }
}
