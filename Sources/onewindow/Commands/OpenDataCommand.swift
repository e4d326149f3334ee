import ArgumentParser
import Foundation
import Hall
import Store
import Supervision
import Vocabulary

/// `onewindow open-data`: the files that `/open-data` offers, into a folder.
struct OpenDataCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open-data", abstract: "Writes the open files of all months that are over into a folder.",
        discussion: "What is sealed and not yet counted is counted first. The bytes are those of /open-data.")
    @OptionGroup var options: DataOptions

    @Option(help: "The folder; it is made when it is not there.")
    var out: String

    func run() async throws {
        _ = try options.existingFolder()
        let house = try await Wiring.open(options)
        do {
            try await FigureFollower(hall: house.hall).follow()
            let folder = URL(filePath: out, directoryHint: .isDirectory)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for month in try await house.hall.openMonths() {
                guard let file = try await house.hall.openFile(of: month) else { continue }
                for kind in OpenFile.Kind.allCases {
                    let name = OpenFile.name(month, kind)
                    try Data(Hall.bytes(of: file, kind)).write(to: folder.appending(path: name), options: .atomic)
                    print("\(name) \(file.rows.count) rows")
                }
            }
            await house.store.close()
        } catch {
            await house.store.close()
            throw error
        }
    }
}
