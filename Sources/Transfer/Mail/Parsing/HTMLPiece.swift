/// What a page is made of.
enum HTMLPiece {
    /// Text with entities; what stood between the tags.
    case text(ArraySlice<UInt8>)
    /// The beginning of an element.
    case open(HTMLTag)
    /// The end of an element, its name in lower case.
    case close(String)
}
