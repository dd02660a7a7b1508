use super::{Entries, Failure, Items, List, Map, Read, Rest, Sink, Source, Target, Visit, Write};

impl<T: Read> Read for Option<T> {
    fn read(source: &mut dyn Source) -> Result<Self, Failure> {
        let mut value = None;
        source.optional(&mut value)?;
        Ok(value)
    }

    fn null() -> Option<Self> {
        Some(T::null())
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
        match self {
            Some(value) => value.write(sink),
            None => sink.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Read> Read for Box<T> {
    fn read(source: &mut dyn Source) -> Result<Self, Failure> {
        T::read(source).map(Box::new)
    }

    fn null() -> Option<Self> {
        T::null().map(Box::new)
    }
}

impl<T: Write + ?Sized> Write for Box<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
        (**self).write(sink)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn is_left_out(&self) -> bool {
        (**self).is_left_out()
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
        (**self).write(sink)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn is_left_out(&self) -> bool {
        (**self).is_left_out()
    }
}

/// Gives each item of a list to a target.
pub(super) struct Each<'a>(pub(super) &'a mut dyn Target);

impl Visit for Each<'_> {
    fn expected(&self) -> &'static str {
        "a list"
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), Failure> {
        items.fill(self.0)
    }
}

impl<T: Read> Target for Vec<T> {
    fn set(&mut self, source: &mut dyn Source) -> Result<(), Failure> {
        self.push(T::read(source)?);
        Ok(())
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(source: &mut dyn Source) -> Result<Self, Failure> {
        let mut items = Self::new();
        source.list(&mut items)?;
        Ok(items)
    }
}

impl<T: Write> List for &[T] {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Write> {
        self.get(index).map(|item| item as &dyn Write)
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
        sink.list(&self.as_slice())
    }
}

impl<T: Write> Write for [T] {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
        sink.list(&self)
    }
}

impl<T: Read> Rest for Map<T> {
    fn keep(&mut self, name: &str, source: &mut dyn Source) -> Result<(), Failure> {
        let value = T::read(source)?;
        self.insert(name.to_owned(), value);
        Ok(())
    }
}

impl<T: Read> Read for Map<T> {
    fn read(source: &mut dyn Source) -> Result<Self, Failure> {
        let mut members = Self::new();
        super::read_object_with_rest(source, &mut [], &mut members)?;
        Ok(members)
    }
}

impl<T: Write> Entries for Map<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Write)> {
        let (name, value) = self.get_index(index)?;
        Some((name, value))
    }
}

impl<T: Write> Write for Map<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
        sink.object_with_rest(&[], self)
    }
}

/// Gives each item of a list to a target of its own.
struct Tuple<'a, 't> {
    items: &'a mut [&'t mut dyn Target],
    rest: &'a mut dyn Target,
}

impl Tuple<'_, '_> {
    /// Reads the items beyond the last target.
    fn finish(&mut self, items: &mut dyn Items) -> Result<(), Failure> {
        let mut index = self.items.len();
        while items
            .next(self.rest)
            .map_err(|failure| failure.at_index(index))?
        {
            index += 1;
        }
        Ok(())
    }
}

impl Visit for Tuple<'_, '_> {
    fn expected(&self) -> &'static str {
        "a list"
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), Failure> {
        for (index, target) in self.items.iter_mut().enumerate() {
            let item = items.next(&mut Nullable(&mut **target));
            if !item.map_err(|failure| failure.at_index(index))? {
                return Ok(());
            }
        }
        self.finish(items)
    }
}

/// Gives an item to a target as if it were a member: null to its `null`.
struct Nullable<'a>(&'a mut dyn Target);

impl Target for Nullable<'_> {
    fn set(&mut self, source: &mut dyn Source) -> Result<(), Failure> {
        source.optional(self.0)
    }
}

/// Takes no further item.
pub(super) struct Beyond;

impl Target for Beyond {
    fn set(&mut self, _: &mut dyn Source) -> Result<(), Failure> {
        Err(Failure::new("the end of the list", "another item"))
    }
}

/// Reads a list whose items each have a type of their own; a shorter list leaves the last targets as they were.
///
/// # Errors
/// The value is not a list, has more items than targets, or an item is not of its type.
pub fn read_tuple(source: &mut dyn Source, items: &mut [&mut dyn Target]) -> Result<(), Failure> {
    read_tuple_with_rest(source, items, &mut Beyond)
}

/// Reads a list whose first items each have a type of their own; the others go to `rest`, which may be a `Vec`.
///
/// # Errors
/// The value is not a list, or an item is not of its type.
pub fn read_tuple_with_rest(
    source: &mut dyn Source,
    items: &mut [&mut dyn Target],
    rest: &mut dyn Target,
) -> Result<(), Failure> {
    source.visit(&mut Tuple { items, rest })
}
