import Testing
import Vocabulary

@testable import Catalogue

@Suite struct SearchWordsTests {
    private static func text(_ scalars: [UInt32]) -> String {
        String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) }))
    }

    @Test func `what input methods leave is made plain`() {
        #expect(Self.text(PlainText.scalars("　ＬＥＤ　屏，（１２）")) == "led屏12")
        #expect(Self.text(PlainText.scalars("Fúzhōu LǛ Jin'an Jin’an")) == "fuzhoulvjinanjinan")
        #expect(PlainText.scalars("，。？！😀 \u{0}\u{7}%_").isEmpty)
        #expect(
            PlainText.runs("开LED店 no 2") == [
                .chinese(PlainText.scalars("开")), .latin(Array("led".utf8)), .chinese(PlainText.scalars("店")),
                .latin(Array("no".utf8)), .latin(Array("2".utf8)),
            ])
        #expect(PlainText.withoutBrackets("食品(含保健食品)经营许可（县级）") == "食品经营许可")
        #expect(PlainText.withoutBrackets("许可）（县级") == "许可）")
    }

    @Test func `one slip is one element wrong, missing or extra, or two in the wrong order`() {
        let name = Array("失业保险金申领")
        for slip in ["失业保险金甲领", "失业保金申领", "失业保险险金申领", "失业险保金申领", "甲失业保险金申领", "业保险金申领"] {
            #expect(OneEdit.ends(of: Array(slip), in: name, from: 0).contains(name.count), "\(slip)")
        }
        for other in ["失业保险金申领", "失保险申领", "失业保险金", "甲乙保险金申领"] {
            #expect(!OneEdit.ends(of: Array(other), in: name, from: 0).contains(name.count), "\(other)")
        }
        #expect(OneEdit.ends(of: Array("甲"), in: [], from: 0) == [0])
    }

    @Test func `characters are read as their neighbours want, and otherwise too`() throws {
        let pinyin = try SearchHouse.tools.get().pinyin
        let wanted: [(text: String, letters: String)] = [
            ("长乐", "changle"), ("银行", "yinhang"), ("会计", "kuaiji"), ("重新", "chongxin"), ("女工", "nvgong"),
            ("LED屏", "ledping"),
        ]
        for (text, letters) in wanted {
            let read = pinyin.text(PlainText.scalars(text))
            #expect(String(decoding: read.letters, as: UTF8.self) == letters)
            #expect(read.fit(Array(letters.utf8)) == .whole)
        }
        let fits: [(text: String, letters: String, fit: PinyinText.Fit?)] = [
            ("长乐区", "changle", .beginning), ("长乐区", "chang", .beginning), ("长乐区", "changl", .beginning),
            ("长乐区", "zhangle", .otherBeginning), ("长乐区", "clq", .initialsBeginning),
            ("长乐区", "chlq", .initialsBeginning),
            ("福州长乐", "changle", .inside), ("福州长乐", "cl", .initialsInside), ("长乐区", "changlq", .mixed),
            ("长乐区", "c", .beginning), ("长乐区", "l", nil), ("长乐区", "lechang", nil), ("长乐区", "", nil),
            ("西安", "xian", .whole), ("先", "xian", .whole),
        ]
        for (text, letters, fit) in fits {
            #expect(pinyin.text(PlainText.scalars(text)).fit(Array(letters.utf8)) == fit, "\(text) \(letters)")
        }
    }

    @Test func `every character of the catalogue and of the places has a reading`() throws {
        let pinyin = try SearchHouse.tools.get().pinyin
        let names = try SearchHouse.sample.get().items.map(\.name)
        let guides = try Demonstration.catalogue().guides.flatMap { [$0.itemName.zh] + $0.standard.searchWords }
        let places = try Gazetteer.shipped().entries.map(\.name)
        for name in names + guides + places {
            let scalars = PlainText.scalars(name)
            let read = pinyin.text(scalars)
            for character in scalars.indices { #expect(!read.readings(of: character).isEmpty, "\(name)") }
        }
    }

    @Test func `a table of pinyin that is none is refused`() {
        for table in ["长", "长乐 chang", "长乐 chang le qu"] {
            #expect(throws: Fault.self) { try Pinyin(table) }
        }
    }

    @Test func `a question is cut into what people say and what the catalogue says`() throws {
        let synonyms = try SearchHouse.tools.get().synonyms
        let asked = { (text: String) in
            Question(text, synonyms).parts.map { part in
                switch part {
                case .said(let said, _): "said " + Self.text(said)
                case .chinese(let text): Self.text(text)
                case .latin(let word): String(decoding: word, as: UTF8.self)
                case .joint(let pair): "joint " + Self.text(pair)
                case .saidInEnglish: "said"
                }
            }
        }
        #expect(asked("我要开饭店") == ["said 开饭店"])
        #expect(asked("我的社保卡坏了怎么办") == ["said 社保卡", "joint 卡坏", "said 坏了"])
        #expect(asked("请问取样证的样式") == ["取样证的样式"])
        #expect(asked("How do I open a restaurant?") == ["open", "restaurant"])
        #expect(asked("close a company") == ["said"])
        #expect(asked("怎么办理") == ["怎么办理"], "what is nothing but filling is taken at its word")
        #expect(asked("，。？").isEmpty)
    }
}
