package import Store
import Vocabulary

/// The numbers under which rows keep the codes of types (21 characters) and of bodies (18). A number is given once and
/// never to another code.
package enum CertificateCodes {
    /// The number of a code; nil for one that no certificate has.
    package static func known(_ code: String, in tx: Transaction) throws -> Int? {
        try tx.row("SELECT number FROM certificate_code WHERE code = \(code)")?.integer(0)
    }

    /// The number of a code; a new one where it has none. Two writers who give the same number at once are a conflict
    /// like any other: one of them begins anew.
    package static func number(of code: String, in tx: Transaction) throws -> Int {
        if let number = try known(code, in: tx) { return number }
        try tx.execute(
            """
            INSERT INTO certificate_code (code, number)
            SELECT \(code), COALESCE(MAX(number), 0) + 1 FROM certificate_code
            """)
        guard let number = try known(code, in: tx) else { throw Fault.corrupt("a code without a number") }
        return number
    }

    /// Reads codes of numbers, each once.
    struct Book {
        private var codes: [Int: String] = [:]

        mutating func code(_ number: Int, in tx: Transaction) throws -> String {
            if let code = codes[number] { return code }
            let row = try tx.row("SELECT code FROM certificate_code WHERE number = \(number)")
            guard let code = try row?.text(0) else { throw Fault.corrupt("certificate code \(number) is unknown") }
            codes[number] = code
            return code
        }

        mutating func identifier(
            kind: Int, issuer: Int, serial: String, version: Int, in tx: Transaction
        ) throws -> CertificateIdentifier {
            guard let issuer = CreditCode(try code(issuer, in: tx)),
                let identifier = CertificateIdentifier(
                    type: try code(kind, in: tx), issuer: issuer, serial: serial, version: version)
            else { throw Fault.corrupt("a certificate without an identifier") }
            return identifier
        }
    }
}
