import StrictJSON

/// Reads a word line: `[ "@" tenant SP ] verb *( SP [ name "=" ] value )`.
struct WordLine {
    private let line: UnsafeBufferPointer<UInt8>
    /// The next byte to read, counted from 0.
    private var position: Int

    /// Starts at the first byte that is no space.
    init(_ line: UnsafeBufferPointer<UInt8>, from start: Int) {
        self.line = line
        position = start
    }

    mutating func request() throws(WireError) -> Request {
        let tenant = try tenant()
        let verb = try verb()
        var arguments: [Argument] = []
        skipSpaces()
        if position < line.count { arguments.reserveCapacity(8) }
        while position < line.count {
            arguments.append(try argument())
            skipSpaces()
        }
        return Request(framing: .word, tenant: tenant, verb: verb, arguments: arguments)
    }

    private mutating func skipSpaces() {
        while position < line.count && line[position] == ASCII.space { position += 1 }
    }

    private func error(_ reason: WireError.Reason, at offset: Int) -> WireError {
        WireError(reason: reason, column: offset + 1)
    }

    /// Steps to the next space or the end.
    private mutating func token() -> Slice<UnsafeBufferPointer<UInt8>> {
        let start = position
        while position < line.count && line[position] != ASCII.space { position += 1 }
        return line[start..<position]
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: line[range]), as: UTF8.self)
    }

    private mutating func tenant() throws(WireError) -> String? {
        guard line[position] == ASCII.at else { return nil }
        let start = position
        position += 1
        let name = token()
        guard Syntax.isTenant(name) else { throw error(.badTenant, at: start) }
        skipSpaces()
        guard position < line.count else { throw error(.missingVerb, at: position) }
        return text(name.startIndex..<name.endIndex)
    }

    private mutating func verb() throws(WireError) -> String {
        let verb = token()
        if let misfit = Syntax.misfitInVerb(verb) {
            // What is no text at all is told as such.
            if misfit < verb.endIndex { _ = try characterLength(at: misfit) }
            throw error(.badVerb, at: misfit)
        }
        return text(verb.startIndex..<verb.endIndex)
    }

    private mutating func argument() throws(WireError) -> Argument {
        let name = nameBeforeEquals()
        if position < line.count {
            switch line[position] {
            case ASCII.quote, ASCII.openBrace, ASCII.openBracket:
                return Argument(name: name, value: .json(try json()))
            default: break
            }
        }
        return Argument(name: name, value: .bare(try bare()))
    }

    /// Steps over `name=`; nil, and no step, when the argument is positional.
    private mutating func nameBeforeEquals() -> String? {
        guard ASCII.isLetter(line[position]) else { return nil }
        var index = position + 1
        while index < line.count && Syntax.isNameByte(line[index]) { index += 1 }
        guard index < line.count, line[index] == ASCII.equals else { return nil }
        let name = text(position..<index)
        position = index + 1
        return name
    }

    private mutating func bare() throws(WireError) -> String {
        let start = position
        while position < line.count && line[position] != ASCII.space {
            position += try characterLength(at: position)
        }
        return text(start..<position)
    }

    /// The length in bytes of the character at `offset`, which must be allowed outside JSON strings.
    private func characterLength(at offset: Int) throws(WireError) -> Int {
        guard !ASCII.isControl(line[offset]) else { throw error(.controlCharacter, at: offset) }
        let length = UTF8Check.length(in: line, at: offset)
        guard length > 0 else { throw error(.badUTF8, at: offset) }
        return length
    }

    private mutating func json() throws(WireError) -> JSON {
        let start = position
        let value: JSON
        do {
            (value, position) = try JSONReader.readValue(in: line, from: start)
        } catch let mistake {
            throw error(.json(mistake.reason), at: mistake.offset)
        }
        // JSON's own whitespace may be a tab; in a word line it may not.
        if let control = line[start..<position].firstIndex(where: { $0 < ASCII.space }) {
            throw error(.controlCharacter, at: control)
        }
        guard position == line.count || line[position] == ASCII.space else {
            throw error(.textAfterValue, at: position)
        }
        return value
    }
}
