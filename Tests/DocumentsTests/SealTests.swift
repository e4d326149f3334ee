import DocumentsTestSupport
import Foundation
import Testing
import Vocabulary

@testable import Documents

@Suite struct SealTests {
    private let song: Typeface

    init() throws {
        song = try Typeface(path: Typeface.songPath)
    }

    private func seal(_ kind: SealDrawing.Kind, _ name: String, isExample: Bool = true) throws -> SealDrawing {
        try SealDrawing(kind, name: name, isExample: isExample, typeface: song)
    }

    private static let names = [
        "福州市公安局", "福州市人力资源和社会保障局", "福州市鼓楼区市场监督管理局",
        "福州市行政审批服务局", "福建省福州市鼓楼区五凤街道办事处社会事务和便民服务中心办公室", "仓山海关",
    ]

    @Test(arguments: SealDrawing.Kind.allCases, names)
    func `a seal stays within its 42 millimetres, whatever the length of the name`(
        _ kind: SealDrawing.Kind, _ name: String
    ) throws {
        let box = try #require(try seal(kind, name).outline.box)
        #expect(box.least.x >= 0 && box.least.y >= 0)
        #expect(box.most.x <= SealDrawing.diameter && box.most.y <= SealDrawing.diameter)
        // The ring touches all four sides.
        #expect(box.least.x < 0.2 && box.most.y > SealDrawing.diameter - 0.2)
    }

    @Test(arguments: 4...30)
    func `neighbours on the arc never touch, and its ends leave room at the foot`(_ count: Int) {
        for kind in SealDrawing.Kind.allCases {
            let arc = Arc(count, kind)
            let feet = (arc.reach - arc.height / 2) * arc.step
            #expect(arc.width <= feet, "\(count) characters")
            #expect(arc.width >= 1.4, "letters of \(arc.width) mm cannot be read")
            #expect(Double(count - 1) * arc.step <= 262.1 * .pi / 180)
        }
    }

    @Test func `the same seal is the same drawing, and an example is another one`() throws {
        let name = Self.names[1]
        #expect(try seal(.official, name) == seal(.official, name))
        #expect(try seal(.official, name).outline != seal(.official, name, isExample: false).outline)
        #expect(try seal(.official, name).outline != seal(.acceptance, name).outline)
    }

    @Test func `the drawing is one SVG path whose steps are those of the PDF`() throws {
        let seal = try seal(.acceptance, Self.names[0])
        #expect(seal.svg.hasPrefix("M"))
        #expect(!seal.svg.contains("e-"))
        let file = PDFFile(Samples.about, sheets: [seal.marks(centre: Point(300, 400))], typeface: song)
        guard case .shape(let placed, _, _) = try #require(file.sheets[0].first) else {
            Issue.record("a seal is a shape")
            return
        }
        #expect(placed.steps.count == seal.outline.steps.count)
        #expect(try PrintedPaper(file.bytes()).fault() == nil)
    }

    @Test func `a name with a character that the face lacks, or of no fit length, has no seal`() {
        #expect(throws: DocumentRefusal.missingCharacter("\u{20000}")) { try seal(.official, "福州\u{20000}局") }
        #expect(throws: DocumentRefusal.unfitForSeal) { try seal(.official, "局") }
        #expect(throws: DocumentRefusal.unfitForSeal) { try seal(.official, String(repeating: "局", count: 41)) }
    }

    @Test func `a Song face is embedded as it is`() throws {
        let file = try Samples.whole(song)
        let fonts = try PrintedPaper(file.bytes()).fonts()
        #expect(fonts.count == 1)
        #expect(try #require(fonts.first).contains(#/^[A-Z]{6}\+UMingCN +CID TrueType +Identity-H +yes yes yes /#))
    }

    /// `PAPERS=folder swift test --filter SealTests` leaves the seals there to be looked at.
    @Test func `the seals can be looked at`() throws {
        guard let folder = ProcessInfo.processInfo.environment["PAPERS"] else { return }
        var marks: [Mark] = []
        for (index, name) in Self.names.enumerated() {
            for (column, kind) in SealDrawing.Kind.allCases.enumerated() {
                let centre = Point(170 + 260 * Double(column), 80 + 130 * Double(index))
                marks += try seal(kind, name).marks(centre: centre)
            }
        }
        let file = PDFFile(Samples.about, sheets: [marks], typeface: song)
        try Data(file.bytes()).write(to: URL(filePath: folder + "/seals.pdf"))
    }
}
