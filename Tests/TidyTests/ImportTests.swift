import Testing

@Suite struct ImportTests {
    @Test func `every target stands in the table of the house`() throws {
        let package = try #require(try House.text("Package.swift"))
        let targets = package.matches(of: /\.(target|executableTarget|systemLibrary)\(\s*name: "(\w+)"/).map {
            String($0.2)
        }
        #expect(targets.count > 5)
        for target in targets { #expect(House.table[target] != nil, "\(target) has no row in the table") }
        for file in try House.productFiles() {
            #expect(targets.contains(file.target), "\(file.path) belongs to no target")
        }
    }

    @Test func `every room imports only the rooms below it`() throws {
        let shared = try House.testFiles().filter { $0.target == "StoreTestSupport" }
        for file in try House.productFiles() + shared {
            let allowed = try #require(House.table[file.target], "\(file.path)")
            for module in file.imports where House.table[module] != nil && House.guarded[module] == nil {
                #expect(allowed.contains(module), "\(file.path) imports \(module)")
            }
        }
    }

    @Test func `each library of others is imported only where it belongs`() throws {
        for file in try House.productFiles() {
            for module in file.imports {
                guard let targets = House.guarded[module] else { continue }
                #expect(targets.contains(file.target), "\(file.path) imports \(module)")
            }
        }
    }

    @Test func `the table has no circle: every row imports only rows that do not import it`() {
        for (target, allowed) in House.table {
            for module in allowed {
                #expect(House.table[module]?.contains(target) == false, "\(target) and \(module) import each other")
            }
        }
    }

    @Test func `an import is recognised in all its forms`() {
        let forms = [
            "import Store", "package import Store", "  internal import Store", "import struct Store.SQL",
            "@testable import Store", "@preconcurrency package import Store",
        ]
        for form in forms {
            #expect(House.File(path: "Sources/X/a.swift", lines: [form]).imports == ["Store"], "\(form)")
        }
        #expect(House.File(path: "Sources/X/a.swift", lines: ["// import Store", "let important = 1"]).imports == [])
    }
}
