import StrictJSON

/// Reads a JSON line: one request object of JSON-RPC 2.0, https://www.jsonrpc.org/specification.
struct JSONLine {
    private var version: JSON?
    private var id: JSON?
    private var method: JSON?
    private var parameters: JSON?
    private var hasUnknownMember = false

    /// Reads the line whose brace or bracket is at `start`.
    static func parse(_ line: UnsafeBufferPointer<UInt8>, from start: Int) -> Line {
        guard line[start] == ASCII.openBrace else {
            return .malformed(WireError(reason: .batchArray, column: start + 1), .json(id: .null))
        }
        do {
            let (value, end) = try JSONReader.readValue(in: line, from: start)
            let parsed = JSONLine(members: value.objectValue ?? [])
            if let rest = line[end...].firstIndex(where: { !isWhitespace($0) }) {
                return parsed.malformed(.json(.trailingBytes), at: rest)
            }
            return parsed.line(at: start)
        } catch {
            return .malformed(WireError(reason: .json(error.reason), column: error.offset + 1), .json(id: .null))
        }
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == ASCII.space || byte == 0x09 || byte == ASCII.carriageReturn
    }

    /// Sorts the members by name; the last of a name counts.
    private init(members: [JSON.Member]) {
        for member in members {
            switch member.name {
            case "jsonrpc": version = member.value
            case "id": id = member.value
            case "method": method = member.value
            case "params": parameters = member.value
            default: hasUnknownMember = true
            }
        }
    }

    private func line(at start: Int) -> Line {
        do {
            return .request(try request())
        } catch {
            return malformed(error, at: start)
        }
    }

    private func malformed(_ reason: WireError.Reason, at offset: Int) -> Line {
        .malformed(WireError(reason: reason, column: offset + 1), .json(id: knownID ?? .null))
    }

    /// The id, if it is one that a response may carry.
    private var knownID: JSON? {
        switch id {
        case .string, .number: id
        case .null, .bool, .array, .object, nil: nil
        }
    }

    private func request() throws(WireError.Reason) -> Request {
        if id == nil || id == .null { throw .missingID }
        guard let knownID else { throw .badID }
        guard version == .string("2.0") else { throw .badVersion }
        guard let method else { throw .missingMethod }
        guard let verb = method.stringValue, Syntax.isVerb(verb) else { throw .badMethod }
        if hasUnknownMember { throw .unknownMember }
        var request = Request(framing: .json(id: knownID), tenant: nil, verb: verb, arguments: [])
        guard let parameters else { return request }
        guard let members = parameters.objectValue else { throw .badParameters }
        request.arguments.reserveCapacity(members.count)
        for member in members {
            if member.name == "tenant" {
                guard let tenant = member.value.stringValue, Syntax.isTenant(tenant) else { throw .badTenant }
                request.tenant = tenant
            } else {
                request.arguments.append(Argument(name: member.name, value: .json(member.value)))
            }
        }
        return request
    }
}
