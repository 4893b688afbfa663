/// Tells clients that have come to the wrong door.
enum ForeignProtocol {
    // RFC 9110 section 9.3 and RFC 5789; PRI is the preface of HTTP/2, RFC 9113 section 3.4.
    private static let methods: [StaticString] = [
        "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "CONNECT", "PATCH", "TRACE", "PRI",
    ]

    /// Whether a connection's first line is an HTTP request line.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-3
    static func matches(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = line.first else { return false }
        // No verb begins with a capital, so an ordinary line ends here.
        guard 0x41...0x5A ~= first, let method = line.firstIndex(of: ASCII.space) else { return false }
        let isMethod = methods.contains { line[..<method].elementsEqual($0.bytes) }
        return isMethod && isVersion(line[(method + 1)...])
    }

    /// Whether ` HTTP/` and a digit follow the target.
    private static func isVersion(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let space = rest.lastIndex(of: ASCII.space) else { return false }
        let name: StaticString = "HTTP/"
        let version = rest[(space + 1)...]
        return version.starts(with: name.bytes) && version.dropFirst(5).first.map(ASCII.isDigit) == true
    }
}

extension StaticString {
    /// The text; it lives as long as the program.
    var bytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}
