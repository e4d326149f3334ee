package import Store
import Vocabulary

/// With which secret this database's second-way tables were written: another one would find nobody and make everybody
/// anew.
package enum AccountKeyTable {
    static let migration = Migration(
        "accounts.008-key-check",
        tables: [
            Table(
                "account_key_check", .reference,
                columns: "id BIGINT NOT NULL PRIMARY KEY, digest BYTEA NOT NULL")
        ])

    /// The first key that is confirmed is the database's for ever. Throws `Fault.misconfigured` for another one.
    package static func confirm(_ key: AccountKey, in tx: Transaction) throws {
        let digest = key.digest(of: "check", for: .check)
        try tx.execute(
            "INSERT INTO account_key_check (id, digest) VALUES (1, \(digest)) ON CONFLICT (id) DO NOTHING")
        guard try tx.row("SELECT digest FROM account_key_check WHERE id = 1")?.bytes(0) == digest else {
            throw Fault.misconfigured("the accounts' secret is not the one this database was written with")
        }
    }
}
