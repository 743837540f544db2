//! Two circles whose areas, and that of what they share, are in proportion to counts.

use std::f64::consts::PI;

use super::pixels;

/// The radius of the larger circle, in pixels.
const LARGEST: f64 = 46.0;
/// Between circles that share nothing, and around them.
const GAP: f64 = 2.0;
/// Halvings of the distance: beyond a thousandth of a pixel.
const STEPS: u32 = 24;

/// Two circles on one line; the first begins at [`GAP`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circles {
    /// The radii.
    pub radius: [f64; 2],
    /// Where their middles lie.
    pub x: [f64; 2],
}

/// A part of the picture: where its middle lies, and how wide it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Its middle.
    pub middle: f64,
    /// Its width.
    pub width: f64,
}

impl Circles {
    /// For two counts, and that of what is in both. Cost: O(1).
    #[must_use]
    pub fn new(totals: [u32; 2], both: u32) -> Self {
        let largest = f64::from(totals[0].max(totals[1]).max(1));
        let radius = totals.map(|total| LARGEST * (f64::from(total) / largest).sqrt());
        let wanted = PI * LARGEST * LARGEST * f64::from(both) / largest;
        let distance = distance(radius, wanted, both == 0);
        let first = GAP + radius[0].max(radius[1] - distance);
        Self {
            radius,
            x: [first, first + distance],
        }
    }

    /// The height of the picture.
    #[must_use]
    pub fn height(&self) -> f64 {
        2.0 * (LARGEST + GAP)
    }

    /// What an SVG shows of it.
    #[must_use]
    pub fn view_box(&self) -> String {
        let right = (self.x[0] + self.radius[0]).max(self.x[1] + self.radius[1]) + GAP;
        ["0 0 ", &pixels(right), " ", &pixels(self.height())].concat()
    }

    /// The outline of what both share, unless one lies within the other or they share nothing.
    #[must_use]
    pub fn lens(&self) -> Option<String> {
        let [first, second] = self.radius;
        let distance = self.x[1] - self.x[0];
        if distance >= first + second {
            return None;
        }
        let middle = self.height() / 2.0;
        if distance <= (first - second).abs() + 0.01 {
            // The smaller circle, whole.
            let place = usize::from(second < first);
            let radius = self.radius[place];
            let (left, size) = (self.x[place] - radius, 2.0 * radius);
            return (radius > 0.0).then(|| {
                let arc = |by: f64| {
                    let radius = pixels(radius);
                    ["a", &radius, " ", &radius, " 0 1 0 ", &pixels(by), " 0"].concat()
                };
                ["M", &pixels(left), " ", &pixels(middle), &arc(size), &arc(-size), "Z"].concat()
            });
        }
        let along = (distance * distance + first * first - second * second) / (2.0 * distance);
        let half = (first * first - along * along).max(0.0).sqrt();
        let x = pixels(self.x[0] + along);
        let (top, bottom) = (pixels(middle - half), pixels(middle + half));
        // The arc of a circle is the longer one where its middle lies on the other side of the chord.
        let arc = |radius: f64, is_long: bool, to: &str| {
            let long = if is_long { "1" } else { "0" };
            let radius = pixels(radius);
            ["A", &radius, " ", &radius, " 0 ", long, " 1 ", &x, " ", to].concat()
        };
        Some(
            [
                "M",
                &x,
                " ",
                &top,
                &arc(first, along < 0.0, &bottom),
                &arc(second, along > distance, &top),
                "Z",
            ]
            .concat(),
        )
    }

    /// The room of the one side alone, of what both share, and of the other side alone.
    #[must_use]
    pub fn rooms(&self) -> [Room; 3] {
        let start = |place: usize| self.x[place] - self.radius[place];
        let end = |place: usize| self.x[place] + self.radius[place];
        let room = |from: f64, to: f64| Room {
            middle: f64::midpoint(from, to),
            width: to - from,
        };
        [
            room(start(0), end(0).min(start(1))),
            room(start(1).max(start(0)), end(0).min(end(1))),
            room(end(0).max(start(1)), end(1)),
        ]
    }
}

/// How far apart the middles lie. The shared area falls as they part, so the distance is halved in on.
fn distance(radius: [f64; 2], wanted: f64, is_apart: bool) -> f64 {
    let (mut near, mut far) = ((radius[0] - radius[1]).abs(), radius[0] + radius[1]);
    if is_apart {
        return far + GAP;
    }
    for _ in 0..STEPS {
        let middle = f64::midpoint(near, far);
        if shared(radius, middle) > wanted {
            near = middle;
        } else {
            far = middle;
        }
    }
    // What lies within the other touches it from inside.
    if shared(radius, near) < wanted * 1.000_001 && near - (radius[0] - radius[1]).abs() < 0.001 {
        (radius[0] - radius[1]).abs()
    } else {
        near
    }
}

/// The area that two circles share at a distance.
fn shared([first, second]: [f64; 2], distance: f64) -> f64 {
    let smaller = first.min(second);
    if distance <= (first - second).abs() {
        return PI * smaller * smaller;
    }
    if distance >= first + second {
        return 0.0;
    }
    let angle = |own: f64, other: f64| {
        let cosine = (distance * distance + own * own - other * other) / (2.0 * distance * own);
        cosine.clamp(-1.0, 1.0).acos()
    };
    let (one, two) = (angle(first, second), angle(second, first));
    first * first * (one - one.sin() * one.cos()) + second * second * (two - two.sin() * two.cos())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_in_proportion() {
        for (totals, both) in [([12, 8], 2), ([1_000, 10], 5), ([7, 7], 6), ([3, 900], 1)] {
            let circles = Circles::new(totals, both);
            let unit = PI * LARGEST * LARGEST / f64::from(totals[0].max(totals[1]));
            for (radius, total) in circles.radius.iter().zip(totals) {
                assert!((PI * radius * radius - unit * f64::from(total)).abs() < 1e-6);
            }
            let found = shared(circles.radius, circles.x[1] - circles.x[0]);
            assert!(
                (found - unit * f64::from(both)).abs() < 0.1,
                "{totals:?} {both}: {found}"
            );
        }
    }

    #[test]
    fn nothing_shared_is_apart_and_all_shared_is_within() {
        let apart = Circles::new([4, 4], 0);
        assert!(apart.x[1] - apart.x[0] > apart.radius[0] + apart.radius[1]);
        assert_eq!(apart.lens(), None);
        let within = Circles::new([9, 4], 4);
        assert!((within.x[1] - within.x[0] - (within.radius[0] - within.radius[1])).abs() < 0.01);
        assert!(within.lens().is_some());
        let same = Circles::new([5, 5], 5);
        assert!((same.x[1] - same.x[0]).abs() < 0.01);
        let empty = Circles::new([0, 0], 0);
        assert_eq!(empty.lens(), None);
    }

    #[test]
    fn the_smaller_circle_may_come_first() {
        let circles = Circles::new([1, 100], 1);
        assert!(circles.x[0] - circles.radius[0] >= GAP - 0.01);
        assert!(circles.x[1] - circles.radius[1] >= GAP - 0.01);
    }
}
