import Crypto
package import Vocabulary

/// The mark of one attempt to do something: a form's nonce or an `Idempotency-Key`. The same mark from the same actor
/// gets the same answer and does nothing twice.
package struct CommandToken: Hashable, Sendable {
    /// 16 to 64 characters out of letters, digits, `-` and `_`.
    package let text: String

    /// Nil for a text of another shape.
    package init?(_ text: String) {
        guard (16...Limits.tokenCharactersMax).contains(text.utf8.count),
            text.utf8.allSatisfy({ character in
                switch character {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            })
        else { return nil }
        self.text = text
    }

    /// A token that nobody can guess.
    package static func random(_ dice: Dice) -> CommandToken {
        CommandToken(known: Subject(high: dice.roll(), low: dice.roll()).description)
    }

    /// The token of a form or a command that is made now: ids rise, so its row is written beside the one before.
    /// It needs no secrecy, since a token counts for its actor alone.
    package static func of(_ id: Subject) -> CommandToken {
        CommandToken(known: id.description)
    }

    /// The token under which the platform handles an effect, whoever delivers it and however often.
    package static func of(_ effect: EffectID) -> CommandToken {
        CommandToken(known: effect.description)
    }

    private init(known text: String) {
        self.text = text
    }
}

/// A token that came back with something else to do.
package enum TokenRefusal: Refusal, Equatable {
    case usedForAnotherCommand

    package var code: String { "token.used-for-another-command" }
    package var kind: RefusalKind { .invalid }

    package static let codes = ["token.used-for-another-command"]
}

/// The tokens of the last days, with their answers.
package enum Tokens {
    /// How long a token is remembered.
    package static let keptSeconds: Int64 = 7 * 86_400
    /// LIMIT: tokens forgotten in one transaction.
    package static let pruneMax = 2000

    static let migration = Migration(
        "store.004-tokens",
        tables: [
            Table(
                "command_token", .distributed(by: "token"),
                columns: """
                    token BYTEA NOT NULL PRIMARY KEY, command BYTEA NOT NULL, answer BYTEA NOT NULL, at BIGINT NOT NULL
                    """,
                indexes: ["command_token_by_age ON command_token (at)"])
        ])

    /// The answer that the token already got; nil when it is new. Refuses a token that was used for another command.
    package static func answer(
        to token: CommandToken, by actor: Actor, command: [UInt8], in tx: Transaction
    ) throws -> [UInt8]? {
        let row = try tx.row("SELECT command, answer FROM command_token WHERE token = \(key(token, actor))")
        guard let row else { return nil }
        guard try row.bytes(0) == digest(command) else { throw TokenRefusal.usedForAnotherCommand }
        return try row.bytes(1)
    }

    /// Remembers the answer, in the transaction of the command.
    package static func keep(
        _ answer: [UInt8], for token: CommandToken, by actor: Actor, command: [UInt8], now: Instant, in tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO command_token (token, command, answer, at)
            VALUES (\(key(token, actor)), \(digest(command)), \(answer), \(now))
            """)
    }

    /// Forgets tokens that are older than `keptSeconds`; answers how many.
    package static func prune(now: Instant, in tx: Transaction) throws -> Int {
        try tx.changes(
            """
            DELETE FROM command_token WHERE token IN (
                SELECT token FROM command_token WHERE at < \(now.advanced(bySeconds: -keptSeconds))
                ORDER BY at, token LIMIT \(pruneMax)
            )
            """)
    }

    private static func key(_ token: CommandToken, _ actor: Actor) -> [UInt8] {
        // The token's own text goes first: tokens made in order stand in order, and writing them touches few pages.
        Array(token.text.utf8) + SHA256.hash(data: Array("\(actor)".utf8)).prefix(8)
    }

    private static func digest(_ command: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: command).prefix(16))
    }
}
