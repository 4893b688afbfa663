internal import ChannelKit
internal import StrictJSON

/// A change of a plugin's own tables that it wants made.
struct PluginStatement: Sendable {
    let sql: String
    let values: [JSON]
    /// How many rows it must change.
    let expected: Int64?
    /// What the request is refused with when it cannot be made.
    let refusal: ChannelRefusal?

    /// - Throws: ``ChannelRefusal`` for the first thing that is wrong with it.
    init(_ details: Details, of plugin: String) throws {
        try details.require("sql")
        sql = try details.text("sql") ?? ""
        guard let values = (details.json["values"] ?? .array([])).arrayValue else {
            throw details.bad("values", "a list is needed here")
        }
        self.values = values
        expected = try details.integer("expect")
        refusal = try details.object("refusal").map { error in
            guard let refusal = PluginRefusal.error(error.json, of: plugin) as? ChannelRefusal else {
                throw error.bad("code", "one of 400, 404, 409, 410, 422 is needed here")
            }
            return refusal
        }
    }

    /// Makes the change.
    ///
    /// - Throws: ``ChannelConflict`` where other rows than expected are there, or the refusal for it.
    func run(in transaction: ChannelTransaction, _ references: PluginReferences) throws {
        let count: Int
        do {
            count = try transaction.change(text: sql, try values.map { try references.value($0) })
        } catch let error as StorageError where error.isConstraintViolation {
            throw refusal ?? ChannelRefusal.conflict("conflict", error.message)
        } catch let error as StorageError where error.isMisuse || error.isOutOfReach || error.isMistake {
            throw ChannelRefusal("bad-statement", error.message)
        }
        guard let expected, count != expected else { return }
        throw refusal.map { $0 as any Error } ?? ChannelConflict()
    }
}
