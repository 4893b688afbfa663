import StrictJSON

extension Reply {
    /// Appends the answer, every line of it with its LF.
    public func write(in framing: Framing, to bytes: inout [UInt8]) {
        switch framing {
        case .word: writeWords(to: &bytes)
        case .json(let id): writeResponse(to: id, to: &bytes)
        }
    }

    private func writeWords(to bytes: inout [UInt8]) {
        for row in rows { Part.row(row).write(in: .word, to: &bytes) }
        switch outcome {
        case .ok(let object):
            bytes.reserveCapacity(bytes.count + object.bytes.count + 4)
            bytes.append(text: "OK ")
            bytes.append(line: object)
        case .list(let next, let extra):
            bytes.append(text: "OK ")
            bytes.append(
                line: JSONWriter.object { terminator in
                    terminator.member("rows", rows.count)
                    terminator.member("next", next)
                    terminator.members(extra)
                })
        case .failed(let failure):
            bytes.append(text: "ERR ")
            bytes.append(contentsOf: String(failure.status.rawValue).utf8)
            bytes.append(ASCII.space)
            bytes.append(word: failure.slug)
            bytes.append(ASCII.space)
            bytes.append(
                line: JSONWriter.object { details in
                    details.member("message", failure.message)
                    details.members(failure.details)
                })
        }
    }

    private func writeResponse(to id: JSON, to bytes: inout [UInt8]) {
        switch outcome {
        case .ok(let object):
            for row in rows { Part.row(row).write(in: .json(id: id), to: &bytes) }
            bytes.append(line: Self.response(to: id, room: object.bytes.count) { $0.member("result", object) })
        case .list(let next, let extra):
            let room = rows.reduce(0) { $0 + $1.bytes.count + 1 }
            bytes.append(
                line: Self.response(to: id, room: room) { response in
                    response.name("result")
                    response.beginObject()
                    response.name("rows")
                    response.beginArray()
                    for row in rows { response.fragment(row) }
                    response.endArray()
                    response.member("next", next)
                    response.members(extra)
                    response.endObject()
                })
        case .failed(let failure):
            bytes.append(line: Self.response(to: id, room: 256) { $0.member("error", failure.rpcError) })
        }
    }

    /// A response object around what `body` writes; `room` is how many bytes that will take, more or less.
    private static func response(to id: JSON, room: Int, _ body: (inout JSONWriter) -> Void) -> JSONFragment {
        var writer = JSONWriter(reserving: room + 128)
        writer.beginObject()
        writer.member("jsonrpc", "2.0")
        writer.member("id", id)
        body(&writer)
        writer.endObject()
        return writer.finish()
    }
}

extension Failure {
    /// The failure as the error object of JSON-RPC 2.0, https://www.jsonrpc.org/specification#error_object.
    fileprivate var rpcError: JSONFragment {
        JSONWriter.object { error in
            error.member("code", status.rawValue)
            error.member("message", message)
            error.name("data")
            error.beginObject()
            error.member("slug", slug)
            error.members(details)
            error.endObject()
        }
    }
}

extension JSONWriter {
    fileprivate mutating func members(_ members: [JSON.Member]) {
        for member in members { self.member(member.name, member.value) }
    }
}
