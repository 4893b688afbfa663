import Registry
import Storage
import TestSupport
import XCTest

final class TagMigrationTests: XCTestCase {
    func testTheCarriersOfAnOlderFilesTagsAreCounted() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/registry.sqlite"
            let book = try Book()
            let older = RegistrySchema.migrations.filter { $0.name != "tags 2: how many customers carry a tag" }
            XCTAssertEqual(older.count, RegistrySchema.migrations.count - 1)
            try Database(path: path, migrations: older).write { transaction in
                let customers = try ["Anna", "Bert"].map { name in
                    var fields = CustomerFields()
                    try fields.set(.name, to: name, country: book.occasion.shop.country)
                    return try CustomerWriter(transaction, book.occasion).create(fields, source: "staff")
                }
                let tag = try transaction.insert("INSERT INTO tag (name, name_key) VALUES ('VIP', 'vip')")
                for customer in customers {
                    try transaction.execute(
                        "INSERT INTO customer_tag (customer_id, tag_id) VALUES (?, ?)", .integer(customer.rawValue),
                        .integer(tag))
                }
            }

            let database = try Database(path: path, migrations: RegistrySchema.migrations)

            let tags = try database.read { try TagReader($0).tags(startingWith: "", after: "", limit: 9) }
            XCTAssertEqual(tags.map(\.customers), [2])
            try database.write { try TagWriter($0, book.occasion).remove("vip", from: CustomerID(rawValue: 1)) }
            let after = try database.read { try TagReader($0).tags(startingWith: "", after: "", limit: 9) }
            XCTAssertEqual(after.map(\.customers), [1])
        }
    }
}
