internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Transfer
internal import Wire

enum ExportVerbs {
    static let all = [customers, orders]

    private static let customers = Verb(
        "customer.export", "writes the customers a list would show as a table for spreadsheets, or for an import",
        roles: [.staff, .reader],
        TableLayout.parameters + [
            .optional("columns", .words, "only these columns, in this order: the names of the fields, total, custom"),
            .optional("ids", .flag, "with ids in front, by which an import finds the customers of this shop again"),
        ] + CustomerVerbs.filters,
        .job(isChanging: false) { invocation in
            let layout = try TableLayout(invocation)
            let query = try invocation.customerQuery()
            let columns = try invocation.customerColumns()
            let shop = invocation.shop
            return { job in
                try job.read { transaction in
                    let query = try query(transaction)
                    let reader = CustomerReader(transaction)
                    let table = CustomerTable(
                        columns, currencies: columns.contains(.total) ? try reader.currencies() : [],
                        customNames: columns.contains(.custom) ? try reader.customNames() : [], format: layout.format)
                    var output = TableOutput(job, layout, header: table.header)
                    let list = CustomerList(transaction, shop)
                    let book = columns.contains(where: \.isAddress) ? AddressReader(transaction) : nil
                    var cursor: CustomerCursor?
                    repeat {
                        let (customers, next) = try list.page(query, after: cursor, limit: 500)
                        for customer in customers {
                            let addresses = try book?.addresses(of: customer.id) ?? []
                            try output.record(table.record(of: customer, addresses: addresses))
                        }
                        cursor = next
                    } while cursor != nil
                    return try output.finish()
                }
            }
        })

    private static let orders = Verb(
        "order.export", "writes orders as a table for spreadsheets, a record for each line", roles: [.staff, .reader],
        TableLayout.parameters + OrderVerbs.filters,
        .job(isChanging: false) { invocation in
            let layout = try TableLayout(invocation)
            let filter = try invocation.orderFilter()
            return { job in
                try job.read { transaction in
                    let reader = OrderReader(transaction)
                    let table = OrderTable(format: layout.format)
                    var output = TableOutput(job, layout, header: table.header)
                    var cursor: OrderCursor?
                    repeat {
                        let (orders, next) = try reader.orders(filter, after: cursor, limit: 500)
                        for listed in orders {
                            // A list knows no buyer.
                            let order = try reader.order(listed.id)
                            for record in table.records(of: order, lines: try reader.lines(of: order.id)) {
                                try output.record(record)
                            }
                        }
                        cursor = next
                    } while cursor != nil
                    return try output.finish()
                }
            }
        })
}

extension TenantInvocation {
    fileprivate func customerColumns() throws(CommandError) -> [CustomerColumn] {
        let hasIDs = arguments.flag("ids") ?? false
        guard arguments.has("columns") else { return CustomerColumn.allCases.filter { hasIDs || $0 != .id } }
        var columns: [CustomerColumn] = hasIDs ? [.id] : []
        for word in arguments.words("columns") {
            guard let column = CustomerColumn(rawValue: word) else {
                let known = CustomerColumn.allCases.map(\.rawValue).joined(separator: ", ")
                throw .badValue("columns", "there is no \(word); there are \(known)")
            }
            if !columns.contains(column) { columns.append(column) }
        }
        guard !columns.isEmpty else { throw .badValue("columns", "at least one is needed") }
        return columns
    }
}
