import ArgumentParser
import Exchange
import Hall
import Vocabulary

/// `onewindow records NUMBER`: what the national exchange is to learn of a case.
struct RecordsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records",
        abstract: "The records of the national exchange that a case makes, one a line, in the order they become due.",
        discussion: """
            What is about somebody, or was written by somebody, is cut to its first character. Without a number the
            mapping is printed: every column of every family, and what of ours stands there.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The number of the case, long or short.")
    var number: String?

    func run() async throws {
        let families = try RecordFamilies.shipped()
        guard let number else {
            print(try RecordTable.markdown(families), terminator: "")
            return
        }
        try await Wiring.using(options) { house in
            guard let id = try await house.hall.dossier(numbered: number) else {
                throw ValidationError("no case has the number \(number)")
            }
            for caused in try await house.hall.records(of: id, in: families) {
                print(String(decoding: CanonicalJSON.bytes(writing: caused.record.masked), as: UTF8.self))
            }
        }
    }
}
