internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// One customer of two, and two of one.
enum MergeVerbs {
    static let all = [merge, unmerge]

    private static let merge = Verb(
        "customer.merge", "merges a customer into another, which then has the orders and all else of both",
        roles: [.staff],
        [
            .required("into", .integer, "who stays"),
            .required("from", .integer, "who is merged away and leads to the other from then on"),
            .optional(
                "fields", .object, "whose word counts where the two differ: {\"name\":\"from\"}; else that of into"),
            .optional(
                "force", .flag,
                "merges even where one of the two is denied, and so is the merged customer then; or where both have an account, "
                    + "and the account of from ends"),
            .optional("preview", .flag, "only shows what would come of it, and what stands against it"),
        ],
        .write { invocation in
            let arguments = invocation.arguments
            var merge = CustomerMerge(into: arguments.customer("into"), from: arguments.customer("from"))
            merge.choices = try arguments.choices()
            merge.isForced = arguments.flag("force") ?? false
            let isPreview = arguments.flag("preview") ?? false
            return { [merge] transaction in
                let merger = CustomerMerger(transaction, invocation.occasion)
                let outcome = isPreview ? try merger.preview(merge) : try merger.merge(merge)
                let shape = try invocation.shape(of: outcome.customer, transaction.reading)
                return Reply(outcome: .ok(.outcome(outcome, shape, of: merge, isPreview: isPreview)))
            }
        })

    private static let unmerge = Verb(
        "customer.unmerge", "takes a merge back, for 30 days; what was changed since stays with the survivor",
        roles: [.staff],
        [.required("id", .integer, "the customer who was merged away")],
        .write { invocation in
            let id = invocation.arguments.customer("id")
            return { transaction in
                let survivor = try CustomerMerger(transaction, invocation.occasion).unmerge(id)
                let reader = CustomerReader(transaction.reading)
                let shapes = try [id, survivor].map {
                    try invocation.shape(of: reader.customer($0), transaction.reading)
                }
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("customer", shapes[0])
                            writer.member("survivor", shapes[1])
                        }))
            }
        })
}

extension Arguments {
    fileprivate func choices() throws(CommandError) -> [String: CustomerMerge.Choice] {
        var choices: [String: CustomerMerge.Choice] = [:]
        for member in json("fields")?.objectValue ?? [] {
            guard let choice = member.value.stringValue.flatMap(CustomerMerge.Choice.init(rawValue:)) else {
                throw .badValue("fields", "\(member.name): into or from is needed")
            }
            choices[member.name] = choice
        }
        return choices
    }
}

extension JSONFragment {
    /// What a merge does, or would do.
    fileprivate static func outcome(
        _ outcome: CustomerMerge.Outcome, _ survivor: JSONFragment, of merge: CustomerMerge, isPreview: Bool
    ) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("preview", isPreview)
            writer.member("into", merge.into.rawValue)
            writer.member("from", merge.from.rawValue)
            writer.member("customer", survivor)
            writer.name("conflicts")
            writer.beginArray()
            for conflict in outcome.conflicts {
                writer.beginObject()
                writer.member("field", conflict.field)
                writer.member("into", conflict.into)
                writer.member("from", conflict.from)
                writer.member("chosen", conflict.choice.rawValue)
                writer.endObject()
            }
            writer.endArray()
            writer.name("moves")
            writer.beginObject()
            for move in outcome.moves { writer.member(move.part, move.count) }
            writer.endObject()
            writer.name("blockers")
            writer.beginArray()
            for blocker in outcome.blockers {
                writer.beginObject()
                writer.member("blocker", blocker.rawValue)
                writer.member("message", blocker.explanation)
                writer.endObject()
            }
            writer.endArray()
        }
    }
}
