/// Those who share a part of the loop's time: all connections of a tenant, or one that belongs to nobody yet.
final class Party {
    /// Nil for a connection on its own.
    let name: String?
    /// How much of the loop's time they have taken lately.
    var usage = Usage()
    /// How many connections they have.
    var count = 0

    init(name: String?) {
        self.name = name
    }
}
