import ArgumentParser
import Documents
import Foundation
import Signing
import Vocabulary
import Web

/// `onewindow verify FILE`: whether a certificate's file is genuine, and why; offline, with a list of whom to trust.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Say whether a sealed file is genuine, check by check. Exits 0 only for VALID.",
        discussion: """
            Exit codes: 0 valid, 1 invalid, 2 unsupported, 3 untrusted, 4 undetermined, 5 unsigned. The list of trusted
            authorities and of the states of seals is what `onewindow seals trust-list` writes; without one nobody is
            trusted.
            """)

    @Argument(help: "The file, OFD or PDF.")
    var file: String

    @ArgumentParser.Option(help: "The trust list; nobody is trusted without one.")
    var trust: String?

    @Flag(help: "In English.")
    var english = false

    @Flag(help: "As JSON, as the API gives it.")
    var json = false

    func run() async throws {
        let bytes = try Self.bytes(file, atMost: OFDVerifier.bytesMax)
        let report = try FileVerifier(try Self.trust(trust)).report(on: bytes)
        if json {
            print(String(decoding: try CanonicalJSON.bytes(of: FileReportAnswer(report)), as: UTF8.self))
        } else {
            let words = try WordTables.shipped().words(.portal, english ? .en : .zh)
            for line in FileReportText(report, words, try .shipped()).plain { print(line) }
        }
        let codes: [FileVerdict: Int32] = [
            .valid: 0, .invalid: 1, .unsupported: 2, .untrusted: 3, .undetermined: 4, .unsigned: 5,
        ]
        throw ExitCode(codes[report.verdict] ?? 1)
    }

    private static func trust(_ path: String?) throws -> FileTrust {
        let now = Wiring.time.now()
        guard let path else { return FileTrust(TrustedAuthorities([]), now: now) }
        return FileTrust(try TrustList(reading: try bytes(path, atMost: TrustList.bytesMax)), now: now)
    }

    private static func bytes(_ path: String, atMost limit: Int) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw ValidationError("cannot read \(path)") }
        let data = try handle.read(upToCount: limit + 1) ?? Data()
        guard data.count <= limit else { throw ValidationError("\(path) is larger than \(limit) bytes") }
        return [UInt8](data)
    }
}
