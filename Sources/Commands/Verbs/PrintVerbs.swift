internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Transfer
internal import Wire

enum PrintVerbs {
    static let all = [print]

    /// How many of the latest orders the counter is shown.
    private static let counterOrders = 5
    private static let piece = 32 << 10

    private static let print = Verb(
        "customer.print", "prints a customer's sheet as a page of HTML that needs nothing else",
        roles: [.staff, .channel],
        [
            .required("id", .integer, "the customer"),
            .optional(
                "level", .text,
                "counter: what the till needs, all that a channel may have; customer: what the person may see; or authority: everything but what staff wrote"
            ),
            .optional("notes", .flag, "with what staff wrote and why the customer is denied; at level authority alone"),
            .optional("language", .text, "de, tr or en; the customer's or the shop's where absent"),
        ],
        .job(isChanging: false) { invocation in
            let arguments = invocation.arguments
            let id = arguments.customer("id")
            let level = try arguments.word("level", SheetLevel.self) ?? .counter
            guard invocation.caller.isStaff || level == .counter else { throw CommandError.forbidden }
            let hasNotes = arguments.flag("notes") ?? false
            guard !hasNotes || level == .authority else {
                throw CommandError.badValue("notes", "they are printed at level authority alone")
            }
            let language = try arguments.word("language", SheetLanguage.self)
            return { job in
                try job.read { transaction in
                    let customer = try CustomerReader(transaction).customer(id)
                    let language = language ?? SheetLanguage(of: customer, in: invocation.shop)
                    var sheet = CustomerSheet(level, language, in: invocation.shop)
                    sheet.begin(customer, printedAt: invocation.at)
                    if level != .counter { try addresses(of: customer, transaction, on: &sheet, invocation.shop) }
                    sheet.totals(of: customer)
                    var filter = CouponFilter()
                    filter.customer = id
                    let coupons = CouponReader(transaction)
                    sheet.coupons(try coupons.coupons(filter, after: nil, limit: 100, at: invocation.at))
                    if level != .counter { sheet.consent(of: customer) }
                    if level == .authority { sheet.evidence(try ConsentReader(transaction).evidence(of: id)) }
                    if hasNotes { try notes(of: customer, transaction, on: &sheet) }
                    try orders(of: id, transaction, on: &sheet, level, job)
                    if level == .authority { try timeline(of: id, transaction, on: &sheet, job) }
                    sheet.end()
                    try send(&sheet, job)
                    return Reply(outcome: .ok(JSONWriter.object { $0.member("customer", id.rawValue) }))
                }
            }
        })

    private static func addresses(
        of customer: Customer, _ transaction: ReadTransaction, on sheet: inout CustomerSheet, _ shop: Shop
    ) throws {
        let addresses = try AddressReader(transaction).addresses(of: customer.id).map { address in
            (
                title: sheet.title(
                    of: address.fields.title, isShipping: address.isShipping, isBilling: address.isBilling),
                lines: AddressFormat.lines(of: address.fields, customer: customer.fields.fullName, from: shop)
            )
        }
        sheet.addresses(addresses)
    }

    private static func orders(
        of customer: CustomerID, _ transaction: ReadTransaction, on sheet: inout CustomerSheet, _ level: SheetLevel,
        _ job: Job
    ) throws {
        let reader = OrderReader(transaction)
        var filter = OrderFilter()
        filter.customer = customer
        filter.channel = job.caller.channel
        var cursor: OrderCursor?
        var count = 0
        sheet.beginOrders()
        repeat {
            let limit = level == .counter ? counterOrders : 200
            let (orders, next) = try reader.orders(filter, after: cursor, limit: limit)
            for listed in orders {
                // A list knows no details.
                let order = try reader.order(listed.id)
                let channel = job.invocation.profile.installedChannel(order.channel)
                let isWhole = level != .counter
                let lines = isWhole ? try reader.lines(of: order.id) : []
                let details =
                    isWhole ? try self.details(of: order, transaction, job.invocation, level, sheet.language) : []
                let title = channel.map { $0.descriptor.title } ?? order.channel
                sheet.order(order, channel: title, lines: lines, details: details)
                if sheet.count >= piece { try send(&sheet, job) }
            }
            count += orders.count
            cursor = level == .counter ? nil : next
        } while cursor != nil
        sheet.endOrders(isEmpty: count == 0)
    }

    private static func details(
        of order: Order, _ transaction: ReadTransaction, _ invocation: TenantInvocation, _ level: SheetLevel,
        _ language: SheetLanguage
    ) throws -> [CustomerSheet.Detail] {
        // What staff wrote for themselves is printed only where notes are asked for.
        let withNotes = level == .authority && invocation.arguments.flag("notes") == true
        return try invocation.summary(
            of: order, transaction, for: withNotes ? .staff : .customer,
            in: MailLanguage(rawValue: language.rawValue) ?? .english
        ).map { ($0.label, $0.text) }
    }

    private static func notes(
        of customer: Customer, _ transaction: ReadTransaction, on sheet: inout CustomerSheet
    ) throws {
        sheet.denial(of: customer)
        let reader = NoteReader(transaction)
        var before = Int64.max
        while true {
            let notes = try reader.notes(of: customer.id, before: before, limit: 200)
            sheet.notes(notes)
            guard notes.count == 200, let last = notes.last else { return }
            before = last.id
        }
    }

    private static func timeline(
        of customer: CustomerID, _ transaction: ReadTransaction, on sheet: inout CustomerSheet, _ job: Job
    ) throws {
        let reader = TimelineReader(transaction)
        var before = Int64.max
        sheet.beginTimeline()
        while true {
            let entries = try reader.entries(of: customer, before: before, limit: 200)
            for entry in entries { sheet.entry(entry) }
            if sheet.count >= piece { try send(&sheet, job) }
            guard entries.count == 200, let last = entries.last else { break }
            before = last.seq
        }
        sheet.endTimeline()
    }

    private static func send(_ sheet: inout CustomerSheet, _ job: Job) throws {
        let html = sheet.take()
        try job.row(JSONWriter.object { $0.member("text", html) })
    }
}
