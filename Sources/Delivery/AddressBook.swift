package import Store
package import Vocabulary

/// 地址簿: the addresses that a person keeps. They are hers alone, stand in no journal, and go when she says so.
package enum AddressBook {
    /// LIMIT: addresses that one person keeps; the one that was not used for the longest makes room.
    package static let perPersonMax = 20

    package static let migration = Migration(
        "delivery.003-address",
        tables: [
            Table(
                "address_book", .distributed(by: "owner"),
                columns: """
                    owner BYTEA NOT NULL, id BYTEA NOT NULL, content BYTEA NOT NULL, used_at BIGINT NOT NULL,
                    PRIMARY KEY (owner, id)
                    """)
        ])

    /// One address of a book.
    package struct Entry: Hashable, Sendable {
        package let id: Subject
        package let address: PostalAddress
    }

    /// The addresses of a person, the latest used first.
    package static func entries(of owner: PersonID, in tx: Transaction) throws -> [Entry] {
        try tx.rows(
            """
            SELECT id, content FROM address_book WHERE owner = \(owner)
            ORDER BY used_at DESC, id DESC LIMIT \(perPersonMax)
            """
        ).map { row in
            Entry(id: try row.subject(0), address: try CanonicalJSON.value(in: try row.bytes(1)))
        }
    }

    /// Keeps an address, or notes that a kept one was used again. `id` is a new one.
    package static func keep(
        _ address: PostalAddress, of owner: PersonID, as id: Subject, now: Instant, in tx: Transaction
    ) throws {
        let known = try entries(of: owner, in: tx)
        if let same = known.first(where: { $0.address == address }) {
            try tx.execute(
                "UPDATE address_book SET used_at = \(now) WHERE owner = \(owner) AND id = \(same.id)")
            return
        }
        for old in known.dropFirst(perPersonMax - 1) { try forget(old.id, of: owner, in: tx) }
        try tx.execute(
            """
            INSERT INTO address_book (owner, id, content, used_at)
            VALUES (\(owner), \(id), \(try CanonicalJSON.bytes(of: address)), \(now))
            """)
    }

    /// Throws an address away.
    package static func forget(_ id: Subject, of owner: PersonID, in tx: Transaction) throws {
        try tx.execute("DELETE FROM address_book WHERE owner = \(owner) AND id = \(id)")
    }
}

/// The tables of the room.
package enum DeliveryShape {
    package static let migrations = [
        ParcelTable.migration, CustodyTable.migration, AddressBook.migration, CustodyTable.countMigration,
        ShelfTable.migration,
    ]
}
