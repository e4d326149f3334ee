import Foundation
import Testing

/// Every reader that is given inputs by chance has inputs to start from, and they stay few.
@Suite struct FuzzTargetTests {
    @Test func `every target has its corpus, and all of them are below two megabytes`() throws {
        let folder = House.root.appending(path: "Fuzz")
        var targets: [String] = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            targets += text.matches(of: /FuzzTarget\("([a-z0-9-]+)"\)/).map { String($0.output.1) }
        }
        let corpora = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/corpus")
        #expect(Set(corpora) == Set(targets.map { $0 + ".txt" }) && Set(targets).count == targets.count)
        let bytes = try corpora.map { try Data(contentsOf: folder.appending(path: "corpus/\($0)")).count }
        #expect(!bytes.contains(0) && bytes.reduce(0, +) < 2_000_000)
    }
}
