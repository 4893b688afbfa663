internal import Registry
internal import StrictJSON
internal import Wire

/// Why a request is refused before any room sees it.
enum CommandError: Refusal, Equatable {
    case malformed(WireError)
    case lineTooLong(length: Int, limit: Int)
    case unknownVerb(String, suggestion: String?)
    case unknownArgument(String, known: [String])
    case repeatedArgument(String)
    case tooManyValues
    case missingArgument(String)
    case badValue(String, String)
    case unauthenticated
    case forbidden
    case tenantMissing
    case noBatch
    case batchOpen
    case notInBatch(String)
    case batchTooBig
    case batchOfTwoTenants
    case notChecked(String)
    case noWatch
    case watching
    case noUpload
    case tooManyUploads(limit: Int)

    var kind: RefusalKind {
        switch self {
        case .malformed, .unknownArgument, .repeatedArgument, .tooManyValues, .missingArgument, .badValue,
            .tenantMissing, .noBatch, .batchOpen, .notInBatch, .batchOfTwoTenants, .notChecked:
            .badRequest
        case .lineTooLong, .batchTooBig: .tooLarge
        case .unknownVerb: .unknownVerb
        case .unauthenticated: .unauthenticated
        case .forbidden: .forbidden
        case .noWatch, .noUpload: .notFound
        case .watching: .conflict
        case .tooManyUploads: .busy
        }
    }

    var slug: String {
        switch self {
        case .malformed, .tooManyValues, .noBatch, .batchOpen, .notInBatch, .batchOfTwoTenants, .notChecked: "syntax"
        case .lineTooLong: "line-too-long"
        case .unknownVerb: "unknown-verb"
        case .unknownArgument: "unknown-argument"
        case .missingArgument, .tenantMissing: "missing-argument"
        case .badValue, .repeatedArgument: "bad-value"
        case .unauthenticated: "unauthenticated"
        case .forbidden: "forbidden"
        case .batchTooBig: "too-big"
        case .noWatch: "no-watch"
        case .watching: "watching"
        case .noUpload: "no-upload"
        case .tooManyUploads: "quota"
        }
    }

    var details: [JSON.Member] {
        switch self {
        case .malformed(let error): [JSON.Member(name: "column", value: .number(String(error.column)))]
        case .lineTooLong(let length, let limit):
            [
                JSON.Member(name: "length", value: .number(String(length))),
                JSON.Member(name: "limit", value: .number(String(limit))),
            ]
        case .unknownVerb(_, let suggestion):
            suggestion.map { [JSON.Member(name: "did_you_mean", value: .string($0))] } ?? []
        case .unknownArgument(let name, let known):
            [
                JSON.Member(name: "argument", value: .string(name)),
                JSON.Member(name: "known", value: .array(known.map { .string($0) })),
            ]
        case .missingArgument(let name), .badValue(let name, _), .repeatedArgument(let name):
            [JSON.Member(name: "argument", value: .string(name))]
        case .tenantMissing: [JSON.Member(name: "argument", value: .string("tenant"))]
        case .batchTooBig: [JSON.Member(name: "limit", value: .number(String(Batch.limit)))]
        case .tooManyValues, .unauthenticated, .forbidden, .noBatch, .batchOpen, .notInBatch, .batchOfTwoTenants,
            .notChecked, .noWatch, .watching, .noUpload:
            []
        case .tooManyUploads(let limit): [JSON.Member(name: "limit", value: .number(String(limit)))]
        }
    }

    var description: String {
        switch self {
        case .malformed(let error): error.description
        case .lineTooLong(let length, let limit): "a line of \(length) bytes; at most \(limit) are taken here"
        case .unknownVerb(let verb, let suggestion):
            if let suggestion {
                "there is no verb \(verb); did you mean \(suggestion)?"
            } else {
                "there is no verb \(verb); ask help for all of them"
            }
        case .unknownArgument(let name, _): "this verb has no argument \(name)"
        case .repeatedArgument(let name): "\(name) is given twice"
        case .tooManyValues: "more values without a name than this verb has required arguments"
        case .missingArgument(let name): "\(name) is missing"
        case .badValue(let name, let reason): "\(name): \(reason)"
        case .unauthenticated: "say who you are first: auth <token>"
        case .forbidden: "you may not do this here"
        case .tenantMissing: "name a tenant: use <tenant>, or @<tenant> before the verb"
        case .noBatch: "there is no batch; begin one with batch"
        case .batchOpen: "a batch is open already; end it with commit or cancel"
        case .notInBatch(let verb): "\(verb) cannot be part of a batch"
        case .batchTooBig:
            "the batch is too big: \(Batch.limit) requests, \(Batch.byteLimit) bytes, or half of that in rows"
        case .batchOfTwoTenants: "a batch belongs to one tenant"
        case .notChecked(let verb): "\(verb) cannot be checked"
        case .noWatch: "this connection watches no events"
        case .watching: "this connection watches already; end that with event.unwatch first"
        case .noUpload: "this connection has sent no such file; begin one with upload.begin"
        case .tooManyUploads(let limit): "a connection holds at most \(limit) files; drop one with upload.drop"
        }
    }
}
