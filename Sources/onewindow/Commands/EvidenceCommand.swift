import ArgumentParser
import Documents
import Dossiers
import Foundation
import Hall
import Signing
import Store
import Vocabulary
import Web

/// `onewindow evidence NUMBER --to FILE`: the evidence pack of a case.
struct EvidenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence",
        abstract:
            "All that was written down of a case, and every file that this names, as one archive that verifies itself.",
        discussion: """
            The archive holds personal data. That it was made is written down as a look at the case. Anybody verifies it
            with python3 and openssl: python3 verify.py FILE --key KEY, where KEY is printed here, and --verifier writes
            the program that does it.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The number of the case, long or short.")
    var number: String?

    @ArgumentParser.Option(name: .customLong("to"), help: "The file to write.")
    var file: String

    @Flag(help: "Writes the program that verifies packs, and no pack.")
    var verifier = false

    func run() async throws {
        if verifier {
            try Data(EvidenceKit.verifier()).write(to: URL(filePath: file), options: .withoutOverwriting)
            return
        }
        guard let number else { throw ValidationError("the number of a case is missing") }
        try await Wiring.using(options) { house in
            guard let id = try await house.hall.dossier(numbered: number) else {
                throw ValidationError("no case has the number \(number)")
            }
            let (typeface, keys) = (
                try Settings.paperTypeface(), EvidenceKeys(log: house.log) { try await house.sealNow() }
            )
            let tools = try keys.tools(for: house.hall) { make in try make(typeface).bytes() }
            let pack = try await house.hall.evidence(of: id, by: Look.Looker(.platform), tools)
            try await house.sealer().release()
            try Data(pack.bytes).write(to: URL(filePath: file), options: .withoutOverwriting)
            print("\(pack.name): \(pack.entries) entries, \(pack.files) files, \(pack.bytes.count) bytes")
            print("key: \(house.log.verifierKey.text)")
        }
    }
}
