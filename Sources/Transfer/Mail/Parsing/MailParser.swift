/// Reads a raw mail, well-formed or not.
///
/// There is no mail that it refuses but a too large one: what it does not understand is text.
public enum MailParser {
    /// The most bytes of a raw mail.
    public static let limitInBytes = 26_214_400
    /// Multiparts within multiparts; what lies deeper stays in one piece.
    static let depthLimit = 20
    /// Parts of one mail; what comes after stays in one piece.
    static let partLimit = 500

    /// Reads a mail as a mail system hands it over.
    ///
    /// - Parameter bytes: Header and body; lines end in LF or CRLF. A line `From …` of a mailbox file may come first.
    /// - Returns: What was understood of it.
    /// - Throws: ``MailError/tooLarge(limitInBytes:)``.
    public static func parse(_ bytes: [UInt8]) throws(MailError) -> ParsedMail {
        guard bytes.count <= limitInBytes else { throw .tooLarge(limitInBytes: limitInBytes) }
        var count = 0
        return ParsedMail(root: part(withoutEnvelope(bytes[...]), depth: 0, count: &count, fallback: "text/plain"))
    }

    /// Drops empty lines at the start, and the line that separates mails in a mailbox file.
    private static func withoutEnvelope(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes
        while let first = rest.first, first == 0x0A || first == 0x0D { rest = rest.dropFirst() }
        guard rest.starts(with: "From ".utf8) || rest.starts(with: ">From ".utf8) else { return rest }
        return rest[Lines.line(rest, at: rest.startIndex).next...]
    }

    private static func part(
        _ bytes: ArraySlice<UInt8>, depth: Int, count: inout Int, fallback: String
    ) -> MailPart {
        count += 1
        let (header, start) = MailHeader.read(bytes)
        let body = bytes[start...]
        let contentType = MailParameters(header.first("content-type")?.value ?? fallback)
        var type = contentType.word.filter { !$0.isWhitespace }
        if !isType(type) { type = type == "html" ? "text/html" : "text/plain" }
        let disposition = MailParameters(header.first("content-disposition")?.value ?? "")
        func made(_ children: [MailPart], _ surroundings: ArraySlice<UInt8> = []) -> MailPart {
            MailPart(
                header: header, type: type, children: children, surroundings: surroundings, raw: body,
                contentType: contentType, disposition: disposition)
        }
        guard depth < depthLimit else { return made([]) }
        if type.hasPrefix("multipart/") {
            let boundary = contentType.parameters["boundary"].map { Array($0.utf8) } ?? guessedBoundary(body)
            guard let boundary, !boundary.isEmpty, let cut = MultipartCut(body, boundary: boundary) else {
                type = "text/plain"
                return made([])
            }
            let inner = type == "multipart/digest" ? "message/rfc822" : "text/plain"
            var children: [MailPart] = []
            for (index, piece) in cut.pieces.enumerated() where count < partLimit {
                let isLast = count + 1 == partLimit
                let whole = isLast ? body[piece.startIndex..<(cut.pieces.last?.endIndex ?? piece.endIndex)] : piece
                children.append(part(whole, depth: isLast ? depthLimit : depth + 1, count: &count, fallback: inner))
                if isLast, index + 1 < cut.pieces.count { break }
            }
            return made(children, cut.surroundings)
        }
        if type == "message/rfc822" || type == "message/global" || type == "text/rfc822-headers" {
            // Some mail programs encode it, which is not allowed.
            let leaf = made([])
            guard count < partLimit else { return leaf }
            let inner = withoutEnvelope(leaf.content[...])
            return made([part(inner, depth: depth + 1, count: &count, fallback: "text/plain")])
        }
        return made([])
    }

    /// Whether a text is of the form `a/b`.
    private static func isType(_ type: String) -> Bool {
        let halves = type.split(separator: "/", omittingEmptySubsequences: false)
        return halves.count == 2 && halves.allSatisfy { !$0.isEmpty }
    }

    /// The boundary of a multipart that names none: the first line that begins like one and is followed by a field.
    private static func guessedBoundary(_ body: ArraySlice<UInt8>) -> [UInt8]? {
        var index = body.startIndex
        while index < body.endIndex {
            let line = Lines.line(body, at: index)
            if line.content.starts(with: "--".utf8), line.content.count > 2, line.next < body.endIndex {
                let next = Lines.line(body, at: line.next).content
                let starts = String(decoding: next.prefix(8), as: UTF8.self).lowercased()
                if starts == "content-" { return Array(Lines.trimmed(line.content.dropFirst(2))) }
            }
            index = line.next
        }
        return nil
    }
}
