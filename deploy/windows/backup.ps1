# One dated backup of the records and a copy of what the office wrote itself. Works while the kit serves.
#
#   powershell -ExecutionPolicy Bypass -File backup.ps1 -Target D:\cps-backup [-Days 60]
#
# The data folder is CPS_DATA_DIR. Ends with another code than 0 when anything could not be saved.
param(
    [Parameter(Mandatory)] [string] $Target,
    [int] $Days = 60,
    [string] $Kit = 'C:\cps-training\Scripts\cps-training.exe'
)
$ErrorActionPreference = 'Stop'
if (-not $env:CPS_DATA_DIR) { throw 'set CPS_DATA_DIR to the data folder' }
$stamp = Get-Date -Format 'yyyy-MM-ddTHHmmss'

New-Item -ItemType Directory -Force -Path $Target | Out-Null
& $Kit backup (Join-Path $Target "cps-$stamp.sqlite3") --data-dir $env:CPS_DATA_DIR
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
$own = 'content', 'config.toml' | ForEach-Object { Join-Path $env:CPS_DATA_DIR $_ } | Where-Object { Test-Path $_ }
if ($own) { Compress-Archive -Path $own -DestinationPath (Join-Path $Target "cps-$stamp.own.zip") }

# People who were erased must not live on in old backups for ever.
Get-ChildItem $Target -File | Where-Object {
    $_.Name -match '^cps-.*\.(sqlite3|own\.zip)$' -and $_.LastWriteTime -lt (Get-Date).AddDays(-$Days)
} | Remove-Item
