import Vocabulary

@testable import Documents

/// Frames, papers and texts of these tests.
enum Samples {
    static let about = PDFFile.About(
        title: "特殊工时审批（示例）", createdAt: Instant(milliseconds: 1_795_500_000_000))

    static let frame = PaperFrame(header: ("福州市政务服务", "办事指南"), footer: "第 1 版") { "第 \($0) 页 共 \($1) 页" }

    static func file(_ typeface: Typeface, _ write: (inout PaperLayout) throws -> Void) throws -> PDFFile {
        var layout = PaperLayout(frame, typeface: typeface)
        try write(&layout)
        return try layout.file(about)
    }

    /// One of everything.
    static func whole(_ typeface: Typeface, pages: Int = 1) throws -> PDFFile {
        try file(typeface) { layout in
            try layout.masthead(
                Masthead(
                    over: "福州市人力资源和社会保障局", title: "特殊工时审批", facts: ["编码 1135010000000001"],
                    code: (try QRCode("https://ow.example/items/1"), "扫码")))
            try layout.heading("办理", letter: "A")
            try layout.paragraph("依据《中华人民共和国劳动法》第三十九条。", TextStyle(TextFace(10), indent: 2))
            try layout.rows([Row("名称", ["特殊工时", "Special hours"], marks: ["示例"])], markWidth: 20)
            for _ in 1..<pages {
                layout.gap(PaperFrame.textHeight - 20)
                try layout.paragraph("续页")
            }
        }
    }

    /// A text by chance: Chinese, words, codes, signs in the places where people write them.
    static func text(_ dice: Dice, pieces: Int) -> String {
        func pick<Value>(_ values: [Value]) -> Value { values[Int(dice.roll() % UInt64(values.count))] }
        let ideographs = Array("一窗受理特殊工时审批申请材料办事指南人力资源社会保障局").map(String.init)
        return (0..<pieces).map { _ in
            switch dice.roll() % 10 {
            case 0: pick(["，", "。", "、", "：", "；", "！", "？"])
            case 1: "《" + pick(ideographs) + pick(ideographs) + "》"
            case 2: "（" + pick(ideographs) + pick(["", "，"]) + pick(ideographs) + "）。"
            case 3: "「" + pick(ideographs) + "」"
            case 4: pick([" ", "  "]) + pick(["Fuzhou", "one-window", "GB/T 9704", "(PDF)", "don’t"]) + " "
            case 5: pick(["113501000000", "2026", "15,000.50", "V1.0"])
            default: pick(ideographs)
            }
        }.reduce("") { text, piece in
            // Signs in a row, or codes, longer than a line cannot be kept on one.
            let signs = Set("，。、：；！？）》」")
            guard let last = text.last, let next = piece.first else { return text + piece }
            let areSigns = signs.contains(last) && signs.contains(next)
            let areCodes = last.isASCII && last != " " && next.isASCII && next != " "
            return text + (areSigns || areCodes ? "中" : "") + piece
        }
    }
}

extension [Mark] {
    /// What is written, with its place.
    var texts: [(text: String, at: Point)] {
        compactMap { mark in
            guard case .text(let text, let place, _) = mark else { return nil }
            return (text, place)
        }
    }
}
