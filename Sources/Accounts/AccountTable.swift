package import Store
import Vocabulary

/// The accounts, by login and by holder.
package enum AccountTable {
    static let migration = Migration(
        "accounts.006-accounts",
        tables: [
            Table(
                "account", .distributed(by: "login"),
                columns: """
                    login TEXT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, password TEXT NOT NULL,
                    opened_at BIGINT NOT NULL, password_at BIGINT NOT NULL
                    """),
            Table(
                "account_by_holder", .distributed(by: "holder"),
                columns: "holder TEXT NOT NULL PRIMARY KEY, login TEXT NOT NULL"),
        ])

    /// Opens an account. Refuses a holder who is not known, left or was erased, or has an account, and a login that is
    /// taken.
    package static func open(_ account: Account, by deed: Deed, in tx: Transaction) throws {
        try checkHolder(account.holder, in: tx)
        let (login, holder) = (account.login.text, account.holder.description)
        let isFirst = try tx.changes(
            """
            INSERT INTO account_by_holder (holder, login) VALUES (\(holder), \(login)) ON CONFLICT (holder) DO NOTHING
            """)
        guard isFirst == 1 else { throw AccountRefusal.holderHasAccount }
        let isNew = try tx.changes(
            """
            INSERT INTO account (login, holder, password, opened_at, password_at)
            VALUES (\(login), \(holder), \(account.password.text), \(deed.now), \(deed.now))
            ON CONFLICT (login) DO NOTHING
            """)
        guard isNew == 1 else { throw AccountRefusal.loginTaken }
        try AccountEntry.accountOpened.write(
            of: account.holder.subject, personal: PersonalPart(login: account.login), by: deed, in: tx)
    }

    /// The account with the login; nil when there is none.
    package static func account(_ login: LoginName, in tx: Transaction) throws -> Account? {
        try tx.row("SELECT login, password, holder FROM account WHERE login = \(login.text)").map(Account.init)
    }

    /// The account of the holder; nil when there is none.
    package static func account(of holder: Holder, in tx: Transaction) throws -> Account? {
        let row = try tx.row("SELECT login FROM account_by_holder WHERE holder = \(holder.description)")
        return try row.flatMap { try account($0.value(0, LoginName.init), in: tx) }
    }

    /// Sets another password. All sessions end, but for the one that asks for it if it is given.
    package static func changePassword(
        of holder: Holder, to password: PasswordHash, keeping session: Session? = nil, by deed: Deed, in tx: Transaction
    ) throws {
        guard let account = try account(of: holder, in: tx) else { throw AccountRefusal.accountNotFound }
        try tx.execute(
            """
            UPDATE account SET password = \(password.text), password_at = \(deed.now)
            WHERE login = \(account.login.text)
            """)
        try SessionTable.endAll(of: holder, but: session, in: tx)
        try AccountEntry.passwordChanged.write(of: holder.subject, by: deed, in: tx)
    }

    /// Closes the account and ends its sessions. Refuses a holder without an account.
    package static func close(_ holder: Holder, by deed: Deed, in tx: Transaction) throws {
        guard try closeIfOpen(holder, by: deed, in: tx) else { throw AccountRefusal.accountNotFound }
    }

    @discardableResult
    static func closeIfOpen(_ holder: Holder, by deed: Deed, in tx: Transaction) throws -> Bool {
        guard let account = try account(of: holder, in: tx) else { return false }
        try tx.execute("DELETE FROM account WHERE login = \(account.login.text)")
        try tx.execute("DELETE FROM account_by_holder WHERE holder = \(holder.description)")
        try SessionTable.endAll(of: holder, in: tx)
        try AccountEntry.accountClosed.write(of: holder.subject, by: deed, in: tx)
        return true
    }

    private static func checkHolder(_ holder: Holder, in tx: Transaction) throws {
        switch holder {
        case .person(let id):
            guard try PersonTable.person(id, in: tx) != nil else { throw AccountRefusal.personNotFound }
        case .staff(let id):
            _ = try StaffTable.serving(id, in: tx)
        }
    }

    private struct PersonalPart: Encodable {
        let login: LoginName
    }
}

extension Account {
    fileprivate init(_ row: Row) throws {
        self.init(
            login: try row.value(0, LoginName.init), password: try row.value(1, PasswordHash.init),
            holder: try row.value(2, Holder.init))
    }
}
