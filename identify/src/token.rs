//! A text as words, numbers and signs.

use crate::cut;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters, with apostrophes and hyphens between them.
    Word,
    /// ASCII digits.
    Number,
    /// Any other single character.
    Sign,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// Spaces.
    Space,
    /// The end of a line.
    Line,
    /// The beginning or the end of the text.
    Edge,
}

/// A token; offsets fit, for texts come in blocks.
#[derive(Clone, Copy, Debug)]
struct Token {
    from: u32,
    to: u32,
    shape: Shape,
    gap: Gap,
}

/// A text's tokens. Asking beyond either end is answered with an empty sign.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

impl<'a> Tokens<'a> {
    pub(crate) fn of(text: &'a str) -> Tokens<'a> {
        let mut tokens = vec![];
        let mut gap = Gap::Edge;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if first.is_whitespace() {
                gap = wider(gap, first);
                rest = cut(rest, first.len_utf8()).1;
                continue;
            }
            let from = text.len() - rest.len();
            let (shape, length) = measure(rest, first);
            tokens.push(Token {
                from: u32::try_from(from).unwrap_or(u32::MAX),
                to: u32::try_from(from + length).unwrap_or(u32::MAX),
                shape,
                gap,
            });
            gap = Gap::None;
            rest = cut(rest, length).1;
        }
        Tokens { text, tokens }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Returns the token's characters; "" beyond either end.
    pub(crate) fn text(&self, at: usize) -> &'a str {
        let token = self.tokens.get(at);
        let text = token.and_then(|token| self.text.get(token.from as usize..token.to as usize));
        text.unwrap_or_default()
    }

    /// Returns the token's characters where it is a word, else "".
    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.of_shape(at, Shape::Word)
    }

    /// Returns the token's characters where it is a number, else "".
    pub(crate) fn number(&self, at: usize) -> &'a str {
        self.of_shape(at, Shape::Number)
    }

    fn of_shape(&self, at: usize, shape: Shape) -> &'a str {
        match self.tokens.get(at) {
            Some(token) if token.shape == shape => self.text(at),
            _ => "",
        }
    }

    /// Is the token this word or sign, in small or capital letters?
    pub(crate) fn is(&self, at: usize, text: &str) -> bool {
        self.text(at).eq_ignore_ascii_case(text)
    }

    /// Is the token one of these, which have spaces between?
    pub(crate) fn is_any(&self, at: usize, list: &str) -> bool {
        let text = self.text(at);
        list.split(' ').any(|listed| listed == text)
    }

    /// Returns what stands before the token; beyond the end, the end of everything.
    pub(crate) fn gap(&self, at: usize) -> Gap {
        self.tokens.get(at).map_or(Gap::Edge, |token| token.gap)
    }

    /// Does the token touch the one before it?
    pub(crate) fn touches(&self, at: usize) -> bool {
        self.gap(at) == Gap::None
    }

    /// Does the token follow within the same paragraph?
    pub(crate) fn follows(&self, at: usize) -> bool {
        matches!(self.gap(at), Gap::Space | Gap::Line)
    }

    pub(crate) fn from(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |token| token.from as usize)
    }

    pub(crate) fn to(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |token| token.to as usize)
    }

    /// Returns the text from a token on.
    pub(crate) fn rest(&self, at: usize) -> &'a str {
        self.text.get(self.from(at)..).unwrap_or_default()
    }

    /// Returns the first token from `at` on that begins at or after a byte.
    pub(crate) fn after(&self, byte: usize, at: usize) -> usize {
        (at..self.len()).find(|at| self.from(*at) >= byte).unwrap_or(self.len())
    }

    /// Returns the tokens before one, nearest first, within its sentence, at most so many.
    pub(crate) fn back(&self, at: usize, most: usize) -> impl Iterator<Item = usize> + use<'_, 'a> {
        let nearest = (at.saturating_sub(most)..at).rev();
        nearest.take_while(move |i| !self.ends_sentence(*i))
    }

    /// Returns the tokens from one on, within its sentence, at most so many.
    pub(crate) fn on(&self, at: usize, most: usize) -> impl Iterator<Item = usize> + use<'_, 'a> {
        let next = at..(at + most).min(self.len());
        next.take_while(move |i| !self.ends_sentence(*i))
    }

    /// Returns whether there is such a word among the tokens before one, within its sentence and at most so many away.
    pub(crate) fn word_before(&self, at: usize, most: usize, is: fn(&str) -> bool) -> bool {
        self.back(at, most).any(|i| is(self.word(i)))
    }

    /// Returns whether a sentence ends there: a full stop with a space behind, unless an initial stands before it; a question or exclamation mark.
    fn ends_sentence(&self, at: usize) -> bool {
        match self.text(at) {
            "." => !self.touches(at + 1) && at > 0 && self.text(at - 1).len() > 1,
            "?" | "!" | ";" => true,
            _ => false,
        }
    }

    /// Does the token begin something of its own: not a part of a longer number, code or sum?
    pub(crate) fn stands_free(&self, at: usize) -> bool {
        !self.touches(at) || at == 0 || {
            let joins = self.is_any(at - 1, "- – / . _ £ $ € # @ + = &");
            !joins && self.word(at - 1).is_empty() && self.number(at - 1).is_empty()
        }
    }

    /// Does nothing go on at this token that began before it: no digit, letter or joined number?
    pub(crate) fn ends_free(&self, at: usize) -> bool {
        if !self.touches(at) {
            return true;
        }
        let joins = self.is_any(at, "- – / . _ @");
        let goes_on =
            joins && self.touches(at + 1) && !(self.word(at + 1).is_empty() && self.number(at + 1).is_empty());
        self.word(at).is_empty() && self.number(at).is_empty() && !goes_on
    }
}

fn wider(gap: Gap, space: char) -> Gap {
    match (gap, space) {
        (Gap::None | Gap::Space, '\n') => Gap::Line,
        (Gap::None, _) => Gap::Space,
        (wide, _) => wide,
    }
}

fn measure(text: &str, first: char) -> (Shape, usize) {
    if first.is_ascii_digit() {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        return (Shape::Number, digits);
    }
    if !is_letter(first) {
        return (Shape::Sign, first.len_utf8());
    }
    let mut end = 0;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let mut next = chars.clone().map(|(_, next)| next);
        let joins = matches!(c, '\'' | '’' | '-') && next.next().is_some_and(is_letter);
        if !is_letter(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    (Shape::Word, end)
}

/// Outside ASCII, everything is taken for a letter but signs and spaces: exact tables would cost the browser kilobytes.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        '\0'..='\u{bf}' | '×' | '÷' => false,
        '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{feff}' | '\u{ff00}'.. => false,
        _ => true,
    }
}
