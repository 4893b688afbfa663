/// Tenants whose databases are open, what they take, and in which order they were used.
struct OpenGuests {
    struct Guest {
        let tenant: Tenant
        /// Higher than that of every tenant that was used before.
        fileprivate(set) var use: UInt64
        /// It has not been made cold since it was used.
        fileprivate(set) var isWarm = true
        /// Its file, the log, and the log's index.
        fileprivate(set) var descriptors = 3
    }

    private var guests: [TenantName: Guest] = [:]
    private var uses: UInt64 = 0
    private(set) var warm = 0
    private var descriptors = 0

    var count: Int { guests.count }

    var tenants: [Tenant] { guests.values.map(\.tenant) }

    subscript(name: TenantName) -> Tenant? { guests[name]?.tenant }

    mutating func add(_ tenant: Tenant) {
        remove(tenant.name)
        uses += 1
        let guest = Guest(tenant: tenant, use: uses)
        guests[tenant.name] = guest
        warm += 1
        descriptors += guest.descriptors
    }

    /// Notes that one is in use; others are not there.
    mutating func touch(_ name: TenantName) {
        uses += 1
        guard let wasWarm = guests[name]?.isWarm else { return }
        guests[name]?.use = uses
        if wasWarm { return }
        guests[name]?.isWarm = true
        warm += 1
    }

    /// Notes that SQLite keeps one more descriptor of this one.
    mutating func addDescriptor(of name: TenantName) {
        guard guests[name] != nil else { return }
        guests[name]?.descriptors += 1
        descriptors += 1
    }

    /// Notes that one is cold now.
    ///
    /// - Returns: False where it has been used meanwhile.
    mutating func cool(_ guest: Guest) -> Bool {
        let name = guest.tenant.name
        guard guests[name]?.use == guest.use, guest.isWarm else { return false }
        guests[name]?.isWarm = false
        warm -= 1
        return true
    }

    mutating func remove(_ name: TenantName) {
        guard let guest = guests.removeValue(forKey: name) else { return }
        if guest.isWarm { warm -= 1 }
        descriptors -= guest.descriptors
    }

    /// Whether more is open than that.
    func exceeds(_ limit: OpenLimit) -> Bool { count > limit.tenants || descriptors > limit.descriptors }

    /// Those used longest ago, without which no more would be open than that; and those used next, without which no more
    /// would be warm.
    func surplus(beyond limit: OpenLimit) -> (toClose: [Guest], toCool: [Guest]) {
        var (count, warm, descriptors) = (count, warm, descriptors)
        guard exceeds(limit) || warm > limit.warm else { return ([], []) }
        var (toClose, toCool): ([Guest], [Guest]) = ([], [])
        for guest in guests.values.sorted(by: { $0.use < $1.use }) {
            if count > limit.tenants || descriptors > limit.descriptors {
                toClose.append(guest)
                count -= 1
                descriptors -= guest.descriptors
                if guest.isWarm { warm -= 1 }
            } else if warm <= limit.warm {
                break
            } else if guest.isWarm {
                toCool.append(guest)
                warm -= 1
            }
        }
        return (toClose, toCool)
    }
}
