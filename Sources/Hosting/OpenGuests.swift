/// Tenants whose databases are open, the descriptors they take, and in which order they were used.
struct OpenGuests {
    struct Guest {
        let tenant: Tenant
        /// Higher than that of every tenant that was used before.
        fileprivate(set) var use: UInt64
        /// Its file and the log's index.
        fileprivate(set) var descriptors = 2
    }

    private var guests: [TenantName: Guest] = [:]
    private var uses: UInt64 = 0
    private var descriptors = 0

    var count: Int { guests.count }

    var tenants: [Tenant] { guests.values.map(\.tenant) }

    subscript(name: TenantName) -> Tenant? { guests[name]?.tenant }

    mutating func add(_ tenant: Tenant) {
        remove(tenant.name)
        uses += 1
        let guest = Guest(tenant: tenant, use: uses)
        guests[tenant.name] = guest
        descriptors += guest.descriptors
    }

    /// Notes that one is in use; others are not there.
    mutating func touch(_ name: TenantName) {
        uses += 1
        guests[name]?.use = uses
    }

    /// Notes that SQLite keeps one more descriptor of this one.
    mutating func addDescriptor(of name: TenantName) {
        guard guests[name] != nil else { return }
        guests[name]?.descriptors += 1
        descriptors += 1
    }

    mutating func remove(_ name: TenantName) {
        guard let guest = guests.removeValue(forKey: name) else { return }
        descriptors -= guest.descriptors
    }

    /// Whether more is open than that.
    func exceeds(_ limit: OpenLimit) -> Bool { count > limit.tenants || descriptors > limit.descriptors }

    /// Those used longest ago, without which no more would be open than that.
    func surplus(beyond limit: OpenLimit) -> [Guest] {
        guard exceeds(limit) else { return [] }
        var (count, descriptors) = (count, descriptors)
        var surplus: [Guest] = []
        for guest in guests.values.sorted(by: { $0.use < $1.use }) {
            guard count > limit.tenants || descriptors > limit.descriptors else { break }
            surplus.append(guest)
            count -= 1
            descriptors -= guest.descriptors
        }
        return surplus
    }
}
