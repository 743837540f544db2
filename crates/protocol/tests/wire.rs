//! Every message comes back from its bytes as it was, in every variant there is, and nothing else is taken for one.
//!
//! The messages are made by serde itself, from chance: a variant or a field that is added later is made as well.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use protocol::{
    AsideQuestion, CheckQuestion, CompanionQuestion, CompareQuestion, CompletionQuestion, CountsQuestion, CutQuestion,
    ExportQuestion, FindQuestion, FindingListQuestion, FindingQuestion, FindingsQuestion, ForgetQuestion, FromWorker,
    GroupManagersQuestion, GroupQuestion, HierarchyListQuestion, HierarchyQuestion, IncidentsQuestion, KeepQuestion,
    KeptQuestion, ManagersQuestion, MatrixQuestion, OverviewQuestion, PathsQuestion, PictureQuestion, Question,
    RequestQuestion, SortQuestion, SuggestionQuestion, ToWorker, TreeQuestion, UnusedQuestion, UserQuestion,
    UsersQuestion, VerificationQuestion, WhatIfQuestion, WireError, from_bytes, to_bytes,
};

use serde::de::value::Error;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess, Visitor};
use serde::{Deserialize, Serialize};

/// How many messages are made of each side.
const MESSAGES: u32 = 5_000;

/// Makes any value that a type asks for.
#[derive(Default)]
struct Maker {
    chance: u64,
    /// How many variants each enum has, and those that were made of it.
    made: BTreeMap<&'static str, (usize, BTreeSet<u32>)>,
}

impl Maker {
    /// Any number below `end`, by the generator of Steele, Lea and Flood (SplitMix64).
    fn below(&mut self, end: u64) -> u64 {
        self.any() % end
    }

    fn any(&mut self) -> u64 {
        self.chance = self.chance.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.chance ^ self.chance >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number that is small as often as large.
    fn number(&mut self) -> u64 {
        let bits = self.below(64);
        self.any() >> bits
    }

    fn text(&mut self) -> String {
        const TEXTS: [&str; 5] = ["", "tdurden", "Zoë › 東京", "\"\\\n\0", "🧼"];
        TEXTS[self.below(5) as usize].to_owned()
    }
}

macro_rules! make {
    ($($method:ident $visit:ident $maker:ident => $value:expr;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let $maker = self;
            visitor.$visit($value)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Maker {
    type Error = Error;

    make! {
        deserialize_bool visit_bool maker => maker.below(2) == 1;
        deserialize_u8 visit_u8 maker => maker.number() as u8;
        deserialize_u16 visit_u16 maker => maker.number() as u16;
        deserialize_u32 visit_u32 maker => maker.number() as u32;
        deserialize_u64 visit_u64 maker => maker.number();
        deserialize_f64 visit_f64 maker => maker.number() as f64 / 7.0;
        deserialize_string visit_string maker => maker.text();
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.below(2) == 0 {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = self.below(4) as usize;
        visitor.visit_seq(Items { maker: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, left: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Items { maker: self, left })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(fields.len(), visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let variant = self.below(variants.len() as u64) as u32;
        let (count, made) = self.made.entry(name).or_default();
        *count = variants.len();
        made.insert(variant);
        visitor.visit_enum(Chosen { maker: self, variant })
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        unreachable!("a positional form has to be told what comes")
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 f32 char str bytes byte_buf unit unit_struct newtype_struct tuple_struct map identifier
        ignored_any
    }
}

/// So many items, or fields.
struct Items<'m> {
    maker: &'m mut Maker,
    left: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        seed.deserialize(&mut *self.maker).map(Some)
    }
}

/// A variant, whose fields are still to be made.
struct Chosen<'m> {
    maker: &'m mut Maker,
    variant: u32,
}

impl<'de> EnumAccess<'de> for Chosen<'_> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Error> {
        let value = seed.deserialize(self.variant.into_deserializer())?;
        Ok((value, self))
    }
}

impl<'de> VariantAccess<'de> for Chosen<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.maker)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        self.maker.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        self.maker.deserialize_tuple(fields.len(), visitor)
    }
}

/// Makes messages and hands them to `check`; every variant of every enum in them must have been made.
fn each<M: for<'de> Deserialize<'de>>(check: impl Fn(&M)) {
    let mut maker = Maker::default();
    for _ in 0..MESSAGES {
        check(&M::deserialize(&mut maker).expect("the maker makes what is asked for"));
    }
    for (name, (count, made)) in maker.made {
        assert_eq!(made.len(), count, "not every variant of {name} was made");
    }
}

fn comes_back<M: for<'de> Deserialize<'de> + Serialize + PartialEq + Debug>() {
    each(|message: &M| {
        assert_eq!(from_bytes(&to_bytes(message)).as_ref(), Ok(message));
    });
}

#[test]
fn every_message_comes_back() {
    comes_back::<ToWorker>();
    comes_back::<FromWorker>();
}

#[test]
fn every_question_and_its_answer_come_back() {
    fn both<Q: Question + PartialEq + Debug>()
    where
        Q::Answer: PartialEq + Debug,
    {
        comes_back::<Q>();
        comes_back::<Q::Answer>();
    }
    both::<UsersQuestion>();
    both::<CountsQuestion>();
    both::<TreeQuestion>();
    both::<GroupQuestion>();
    both::<HierarchyQuestion>();
    both::<UserQuestion>();
    both::<CheckQuestion>();
    both::<CompareQuestion>();
    both::<PictureQuestion>();
    both::<HierarchyListQuestion>();
    both::<AsideQuestion>();
    both::<FindQuestion>();
    both::<WhatIfQuestion>();
    both::<PathsQuestion>();
    both::<CompletionQuestion>();
    both::<SuggestionQuestion>();
    both::<UnusedQuestion>();
    both::<IncidentsQuestion>();
    both::<VerificationQuestion>();
    both::<KeptQuestion>();
    both::<KeepQuestion>();
    both::<ForgetQuestion>();
    both::<CompanionQuestion>();
    both::<RequestQuestion>();
    both::<GroupManagersQuestion>();
    both::<ManagersQuestion>();
    both::<FindingsQuestion>();
    both::<FindingListQuestion>();
    both::<FindingQuestion>();
    both::<CutQuestion>();
    both::<ExportQuestion>();
    both::<SortQuestion>();
    both::<MatrixQuestion>();
    both::<OverviewQuestion>();
}

#[test]
fn a_message_that_is_cut_or_goes_on_is_none() {
    each(|message: &ToWorker| {
        let mut bytes = to_bytes(message);
        bytes.push(0);
        assert_eq!(from_bytes::<ToWorker>(&bytes), Err(WireError));
        bytes.truncate(bytes.len() - 2);
        assert_eq!(from_bytes::<ToWorker>(&bytes), Err(WireError));
    });
}

#[test]
fn a_message_is_small() {
    // One byte each for the variant, the source and its number: no name travels.
    let sample = ToWorker::Open(protocol::Source::Sample { users: 100 });
    assert_eq!(to_bytes(&sample), [0, 0, 100]);
}
