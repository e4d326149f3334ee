import Foundation
import Signing
import Testing
import Vocabulary

/// Nothing that was changed verifies, and nothing that is read brings the process down.
@Suite struct SignatureFuzzTests {
    private static let secret = (UInt8(1)...32).map { $0 }

    @Test func `a signature by SM2 holds for its own message and in its own bytes only`() throws {
        let key = try SM2PrivateKey(rawRepresentation: Self.secret)
        let message = Array("准予行政许可决定书（示例）".utf8)
        let signature = try SM2Signer(key: key).sign(message)
        #expect(try key.publicKey.verifies(signature, of: message))
        try Fuzz.rounds(400) { mutator in
            let changed = mutator.bytes(like: [signature])
            let other = mutator.bytes(like: [message])
            let isOwn = changed == signature && other == message
            guard try key.publicKey.verifies(changed, of: other) == isOwn else {
                throw Finding("a changed signature or message counts the other way", changed + other)
            }
        }
    }

    @Test func `a signed note opens only as it was signed`() throws {
        let key = try NoteSigner(
            name: "onewindow.example/journal", key: try Ed25519PrivateKey(rawRepresentation: Self.secret))
        let text = "onewindow.example/journal\n42\nqNsuEYo3tLAfmLMNbm7ZmFSlbTdW+qyfrPLbwTrAxCs=\n"
        let note = try Note.signed(text, by: [key])
        try Fuzz.rounds(1500) { mutator in
            let changed = mutator.text(like: [note, text, key.verifierKey.text])
            do {
                let opened = try Note.open(changed, trusting: [key.verifierKey])
                guard opened.text == text else { throw Finding("another text was signed", changed.utf8) }
            } catch is NoteRefusal {
                return
            }
        }
    }

    @Test func `a verifier's line, a private key and a backup are read or refused`() throws {
        let line = try NoteSigner(
            name: "onewindow.example/journal", key: try Ed25519PrivateKey(rawRepresentation: Self.secret)
        ).verifierKey.text
        let pem = try SM2PrivateKey(rawRepresentation: Self.secret).pkcs8PEM
        let passphrase = "只供测试的一个足够长的口令句"
        let backup = try KeyBackup.seal(
            Self.secret, named: "account", passphrase: passphrase, rounds: KeyBackup.roundsRange.lowerBound)
        try Fuzz.rounds(600) { mutator in
            let changed = mutator.text(like: [line, pem, backup])
            do {
                guard try NoteVerifierKey(changed).text == changed else {
                    throw Finding("a line is written otherwise", changed.utf8)
                }
            } catch is any Refusal {}
            do { _ = try SM2PrivateKey(pkcs8PEM: changed) } catch is any Refusal {}
            // A whole backup costs so much scrypt that only the changed ones, refused before it, are tried often.
            guard changed != backup else { return }
            do {
                _ = try KeyBackup.open(changed, named: "account", passphrase: passphrase)
                throw Finding("a changed backup opens", changed.utf8)
            } catch is any Refusal {}
        }
    }
}
