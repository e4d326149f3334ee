// swift-tools-version: 6.2
import PackageDescription

/// The rooms of the house, from the bottom up. `docs/house.md` draws the arrows; `TidyTests` holds the imports against them.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "onewindow",
    products: [.executable(name: "onewindow", targets: ["onewindow"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
        .systemLibrary(
            name: "CHarfbuzzSubset", pkgConfig: "harfbuzz-subset", providers: [.apt(["libharfbuzz-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CMinizip", pkgConfig: "minizip", providers: [.apt(["libminizip-dev"])]),
        .systemLibrary(name: "CQpdf", pkgConfig: "libqpdf", providers: [.apt(["libqpdf-dev"])]),
        .systemLibrary(name: "CQrencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CLibdeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CPKCS11"),
        .target(name: "Vocabulary", resources: [.copy("Resources")], swiftSettings: house),
        .target(
            name: "Store",
            dependencies: [
                "Vocabulary", "CCurl", "CLibpq",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "Signing",
            dependencies: [
                "Vocabulary", "COpenSSL", "CPKCS11",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "Documents",
            dependencies: [
                "Signing", "Vocabulary", "CCairo", "CHarfbuzzSubset", "CLibdeflate", "CMinizip", "CQpdf", "CQrencode",
                "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            resources: [.copy("Resources")], swiftSettings: house
        ),
        .target(
            name: "Catalogue", dependencies: ["Store", "Vocabulary", .product(name: "Yams", package: "Yams")],
            resources: [.copy("Resources")], swiftSettings: house),
        .target(
            name: "Accounts",
            dependencies: [
                "Store", "Vocabulary",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "Identity",
            dependencies: [
                "Store", "Vocabulary",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "Notices",
            dependencies: ["Store", "Vocabulary"], resources: [.copy("Resources")], swiftSettings: house),
        .target(
            name: "Delivery",
            dependencies: ["Store", "Vocabulary", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: house),
        .target(
            name: "Exchange",
            dependencies: [
                "Catalogue", "Store", "Vocabulary",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            resources: [.copy("Resources")],
            swiftSettings: house),
        .target(
            name: "Supervision",
            dependencies: ["Store", "Vocabulary", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.copy("Resources")], swiftSettings: house),
        .target(name: "Dossiers", dependencies: ["Catalogue", "Store", "Vocabulary"], swiftSettings: house),
        .target(
            name: "Windows", dependencies: ["Store", "Vocabulary", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: house),
        .target(
            name: "Web",
            dependencies: [
                "Accounts", "Catalogue", "Certificates", "Delivery", "Documents", "Dossiers", "Exchange", "Hall",
                "Identity",
                "Notices", "Papers", "Signing", "Supervision",
                "Vocabulary", "Windows",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Resources")],
            swiftSettings: house
        ),
        .target(
            name: "Papers",
            dependencies: ["Documents", "Store", "Vocabulary", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.copy("Resources")], swiftSettings: house),
        .target(
            name: "Certificates", dependencies: ["Documents", "Signing", "Store", "Vocabulary"], swiftSettings: house),
        .target(
            name: "Hall",
            dependencies: [
                "Accounts", "Catalogue", "Certificates", "Delivery", "Documents", "Dossiers", "Exchange", "Identity",
                "Notices",
                "Papers",
                "Signing", "Store", "Supervision",
                "Vocabulary", "Windows",
            ],
            resources: [.copy("Resources")],
            swiftSettings: house),
        .target(
            name: "City",
            dependencies: [
                "Accounts", "Catalogue", "Certificates", "Delivery", "Documents", "Dossiers", "Exchange", "Hall",
                "Papers", "Signing", "Store", "Supervision", "Vocabulary", "Windows",
            ],
            swiftSettings: house),
        .target(
            name: "Sandboxes",
            dependencies: [
                "Exchange", "Store", "Vocabulary",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            resources: [.copy("Resources")], swiftSettings: house),
        .executableTarget(
            name: "onewindow",
            dependencies: [
                "Accounts", "Catalogue", "Certificates", "City", "Delivery", "Documents", "Dossiers", "Exchange",
                "Hall", "Identity", "Notices", "Papers", "Sandboxes", "Signing", "Store", "Supervision",
                "Vocabulary", "Web", "Windows",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),
        .target(
            name: "StoreTestSupport", dependencies: ["Store", "Vocabulary"], path: "Tests/StoreTestSupport",
            swiftSettings: house),
        .testTarget(
            name: "StoreContractTests", dependencies: ["Store", "StoreTestSupport", "Vocabulary"],
            resources: [.copy("Resources")], swiftSettings: house),
        .testTarget(
            name: "SigningTests",
            dependencies: ["Signing", "Vocabulary", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: house),
        .target(
            name: "DocumentsTestSupport", dependencies: [], path: "Tests/DocumentsTestSupport", swiftSettings: house),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Documents", "DocumentsTestSupport", "Signing", "Vocabulary"],
            exclude: ["Resources"], swiftSettings: house),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Accounts", "Catalogue", "Certificates", "City", "Delivery", "Documents", "DocumentsTestSupport",
                "Dossiers", "Exchange", "Hall", "Identity", "Notices", "Papers", "Signing", "Store", "StoreTestSupport",
                "Supervision", "Vocabulary", "Web", "Windows",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "Accounts", "Catalogue", "Certificates", "Exchange", "Signing", "Store", "StoreTestSupport",
                "Vocabulary", "Web",
            ],
            swiftSettings: house),
        .testTarget(
            name: "DossiersTests", dependencies: ["Catalogue", "Dossiers", "Store", "StoreTestSupport", "Vocabulary"],
            exclude: ["Resources"], swiftSettings: house),
        .testTarget(
            name: "CertificatesTests",
            dependencies: ["Certificates", "Signing", "Store", "StoreTestSupport", "Vocabulary"],
            exclude: ["Resources"], swiftSettings: house),
        .testTarget(
            name: "PapersTests",
            dependencies: [
                "Catalogue", "Documents", "DocumentsTestSupport", "Papers", "Store", "StoreTestSupport", "Vocabulary",
            ],
            exclude: ["Resources"], swiftSettings: house),
        .testTarget(
            name: "ExchangeTests",
            dependencies: [
                "Exchange", "Store", "StoreTestSupport", "Vocabulary",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "HallTests",
            dependencies: [
                "Accounts", "Catalogue", "Certificates", "Delivery", "Documents", "Dossiers", "Exchange", "Hall",
                "Identity",
                "Notices",
                "Papers", "Signing",
                "Store", "StoreTestSupport", "Supervision", "Vocabulary", "Windows",
            ],
            swiftSettings: house),
        .testTarget(
            name: "DeliveryTests",
            dependencies: [
                "Delivery", "Store", "StoreTestSupport", "Vocabulary",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            exclude: ["Resources"], swiftSettings: house),
        .testTarget(
            name: "WindowsTests", dependencies: ["Store", "StoreTestSupport", "Vocabulary", "Windows"],
            swiftSettings: house),
        .testTarget(
            name: "SupervisionTests", dependencies: ["Store", "StoreTestSupport", "Supervision", "Vocabulary"],
            exclude: ["Resources"], swiftSettings: house),
        .testTarget(
            name: "NoticesTests",
            dependencies: [
                "Notices", "Store", "StoreTestSupport", "Vocabulary", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "SandboxesTests",
            dependencies: [
                "Delivery", "Exchange", "Notices", "Sandboxes", "Store", "StoreTestSupport", "Vocabulary",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "CityTests",
            dependencies: [
                "Accounts", "Catalogue", "Certificates", "City", "Documents", "Dossiers", "Hall", "Signing", "Store",
                "StoreTestSupport", "Supervision",
                "Vocabulary",
            ],
            exclude: ["Resources"], swiftSettings: house),
        .testTarget(
            name: "AccountsTests", dependencies: ["Accounts", "Store", "StoreTestSupport", "Vocabulary"],
            swiftSettings: house),
        .testTarget(
            name: "IdentityTests",
            dependencies: [
                "Identity", "Vocabulary", .product(name: "JWTKit", package: "jwt-kit"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "CatalogueTests", dependencies: ["Catalogue", "Store", "StoreTestSupport", "Vocabulary"],
            exclude: ["Resources"], swiftSettings: house),
        .testTarget(name: "TidyTests", swiftSettings: house),
        .testTarget(
            name: "VocabularyTests", dependencies: ["Vocabulary"], resources: [.copy("Resources")], swiftSettings: house
        ),
    ]
)
