internal import Glibc

/// Texts as C wants them, for as long as this object lives.
final class CStrings {
    /// One pointer for each text, then nil.
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String]) { pointers = texts.map { strdup($0) } + [nil] }

    deinit { for pointer in pointers { free(pointer) } }
}
